import type { Level } from '../../src/lib/load.ts'
import { openLog } from '../../src/lib/log.ts'
import { createAnnouncer } from '../../src/outreach/announcer.ts'
import type { Asked } from '../../src/records/audience.ts'
import type { Db } from '../../src/records/db.ts'
import { subscribe } from '../../src/records/subscriptions.ts'
import { NOON, type TestLine } from './line.ts'

/** Speaking first on a test's line; its clock is turned by hand, and so is its load. */
export function outreachOn(line: TestLine, db: Db) {
  let at = NOON
  let level: Level = 0
  const announcer = createAnnouncer({
    db,
    room: line.room,
    offices: () => ['lhokseumawe'],
    wake: line.delivery.wake,
    load: { level: () => level },
    log: openLog('silent'),
    now: () => at,
  })

  async function chatOf(who: string): Promise<string> {
    const hash = line.room.sealing.hash('address', 'lhokseumawe', line.citizens.name, who)
    const { rows } = await db.pool.query<{ id: string }>(
      'select id from conversations where address_hash = $1',
      [hash],
    )
    if (rows[0] === undefined) throw new Error(`Nobody called ${who} has written.`)
    return rows[0].id
  }

  return {
    announcer,
    chatOf,
    turnTo(moment: Date) {
      at = moment
    },
    load(to: Level) {
      level = to
    },
    /** These citizens write for the first time and ask to be told. */
    async subscribers(names: string[], asked: Partial<Asked> = {}) {
      for (const name of names) await line.say(name, 'menu')
      await line.quiet()
      for (const name of names) {
        await subscribe(
          db.pool,
          { office: 'lhokseumawe', conversationId: await chatOf(name) },
          { topic: 'news', kind: '', education: '', stage: '', place: '', ...asked },
        )
      }
    },
    /** What a desk answers to a command. */
    async work(staff: string, text: string): Promise<string> {
      await line.quiet()
      const before = line.shown('general').length
      await line.work('general', staff, text)
      await line.quiet()
      return line.shown('general').slice(before).join('\n')
    },
    /** Looks again and again until nothing is to be announced now. */
    async run(most = 50) {
      for (let looks = 0; looks < most; looks += 1) {
        const isBusy = await announcer.look()
        await line.quiet()
        if (!isBusy) return
      }
    },
    async states(): Promise<Record<string, number>> {
      const { rows } = await db.pool.query<{ state: string; count: number }>(
        'select state, count(*)::int as count from announced group by 1 order by 1',
      )
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
    },
  }
}

export function announcementIn(text: string): string {
  const code = /P-[0-9A-Z]{5}/.exec(text)?.[0]
  if (code === undefined) throw new Error(`No announcement in: ${text}`)
  return code
}
