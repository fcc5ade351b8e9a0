import type { InboundMessage } from '../../src/channels/channel.ts'
import { tellClocks } from '../../src/jobs/clocks.ts'
import type { House } from '../../src/offices/house.ts'
import type { Db } from '../../src/records/db.ts'
import { message, type TestLine } from './line.ts'

/** A moment on the walls of Lhokseumawe: 2026-11-23T09:00. */
export const at = (local: string) => new Date(`${local}:00+07:00`)

/** Clocks of a ticket as they stand, both in a row. */
export type Standing = {
  name: string
  rule: string
  turns: Date[]
  done: boolean
  stage: number
  next_at: Date | null
}

/** A line whose clocks a test turns by hand. */
export function clockLine(line: TestLine, db: Db) {
  /** Lets the job run at that local time; gives what each desk is shown by it. */
  async function tick(local: string, house?: House): Promise<Record<string, string[]>> {
    await line.quiet()
    const before = line.groups.sent.length
    const room = house === undefined ? line.room : { ...line.room, houseOf: () => house }
    await tellClocks(db, room, ['lhokseumawe'], at(local))
    await line.quiet()
    const shown: Record<string, string[]> = {}
    for (const { address, text } of line.groups.sent.slice(before)) {
      const desk = address.slice('desk:'.length)
      shown[desk] = [...(shown[desk] ?? []), text]
    }
    return shown
  }

  const say = (who: string, local: string, text: string, more: Partial<InboundMessage> = {}) =>
    line.inbox.receive(message({ address: who, text, sentAt: at(local), ...more }))

  const work = (local: string, text: string, desk = 'general') =>
    say(`desk:${desk}`, local, text, { channel: 'web', from: { is: 'desk', desk, staff: 'Rina' } })

  async function clocksOf(code: string): Promise<Record<string, Standing>> {
    const { rows } = await db.pool.query<Standing>(
      `select c.* from ticket_clocks c join tickets t on t.id = c.ticket_id where t.code = $1`,
      [code],
    )
    return Object.fromEntries(rows.map(row => [row.name, row]))
  }

  async function dueOf(code: string): Promise<{ answer: string | null; resolve: string | null }> {
    const { rows } = await db.pool.query<{ answer: string | null; resolve: string | null }>(
      'select answer_due as answer, resolve_due as resolve from tickets where code = $1',
      [code],
    )
    return rows[0] ?? { answer: null, resolve: null }
  }

  return { tick, say, work, clocksOf, dueOf }
}
