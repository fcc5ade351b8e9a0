import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SendError } from '../../src/channels/channel.ts'
import { createAttempts } from '../../src/outbox/attempts.ts'
import { releaseAbandoned } from '../../src/outbox/claim.ts'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'
import { announcementIn, outreachOn } from '../helpers/outreach.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const { subscribers, work, announcer, chatOf } = outreachOn(line, db)

/** What a platform may do with a message, and whether it has it then. */
const HARMS = {
  taken: { has: true, throws: undefined },
  flood: { has: false, throws: new SendError('throttled', 'wait', { retryAfterMs: 1 }) },
  refusedConnection: { has: false, throws: new SendError('unreachable', 'nobody there', { surely: true }) },
  lostAnswer: { has: true, throws: new SendError('unreachable', 'no answer') },
  lostCall: { has: false, throws: new SendError('unknown', 'no answer') },
  blocked: { has: false, throws: new SendError('blocked', 'blocked') },
} as const
type Harm = keyof typeof HARMS

async function announce(about: string): Promise<string> {
  const code = announcementIn(
    await work('Rina', `umumkan: Pengumuman percobaan bernama ${about}, mohon diabaikan.`),
  )
  await work('Budi', `setujui ${code}`)
  await work('Budi', `kirim ${code}`)
  return code
}

describe('what is said first', () => {
  it('is had by nobody twice, whatever platforms do, and whoever may not have it is known', async () => {
    const names = ['p0', 'p1', 'p2', 'p3', 'p4', 'p5']
    await subscribers(names)
    let run = 0
    const harm = fc.constantFrom(...(Object.keys(HARMS) as Harm[]))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(harm, { maxLength: 3 }), { minLength: 6, maxLength: 6 }),
        async plans => {
          run += 1
          await subscribers(names)
          const had = new Map<string, number>()
          const left = new Map(names.map((who, n) => [who, [...(plans[n] ?? [])]]))
          line.citizens.before = ({ address, text }) => {
            if (!text.includes(`bernama jalan${run},`)) return
            const { has, throws } = HARMS[left.get(address)?.shift() ?? 'taken']
            if (has) had.set(address, (had.get(address) ?? 0) + 1)
            if (throws !== undefined) throw throws
          }
          await announce(`jalan${run}`)
          for (let isBusy = true; isBusy; ) {
            isBusy = await announcer.look()
            await line.quiet()
            await db.pool.query(`update outbox set due_at = now() where status = 'waiting' and urgency = 2`)
            line.delivery.wake()
          }
          const { rows } = await db.pool.query<{ conversation_id: string; state: string }>(
            `select a.conversation_id, a.state from announced a join announcement_versions v
             on v.announcement_id = a.announcement_id and v.version = a.version where v.words ->> 'id' like $1`,
            [`%bernama jalan${run},%`],
          )
          const states = new Map(rows.map(({ conversation_id, state }) => [conversation_id, state]))
          for (const who of names) {
            const times = had.get(who) ?? 0
            const state = states.get(await chatOf(who))
            expect(times).toBeLessThanOrEqual(1)
            if (state === 'sent') expect(times).toBe(1)
            if (state === 'failed') expect(times).toBe(0)
            expect(['sent', 'failed', 'unknown']).toContain(state)
          }
        },
      ),
      { numRuns: 4, seed: 11 },
    )
    line.citizens.before = () => undefined
  })

  it('that had left when its process died is not claimed again, and counts as sent once that is known', async () => {
    await subscribers(['mati'])
    await announce('ajal')
    await line.delivery.stop()
    await announcer.look()
    const { rows } = await db.pool.query<{ id: number; key: string; conversation_id: string }>(
      `update outbox set status = 'sending', lease_until = now() - interval '1 second'
       where urgency = 2 and status = 'waiting' returning id, key, conversation_id`,
    )
    const ids = rows.map(({ id }) => Number(id))
    const [first = 0, second = 0] = ids
    const attempt = createAttempts(db)
    expect(await Promise.all([attempt(first), attempt(first)])).toEqual([true, false])
    expect(await attempt(first)).toBe(false)
    await releaseAbandoned(db, 'expired')
    const statusOf = async (id: number) =>
      (await db.pool.query<{ status: string }>('select status from outbox where id = $1', [id])).rows[0]
        ?.status
    expect([await statusOf(first), await statusOf(second)]).toEqual(['unknown', 'waiting'])
    expect(await attempt(second)).toBe(false)
    const row = rows.find(({ id }) => Number(id) === first)
    await line.citizens.tell([
      {
        office: 'lhokseumawe',
        channel: 'telegram',
        key: `${row?.key}/0`,
        state: 'delivered',
        at: new Date(),
      },
    ])
    expect(await statusOf(first)).toBe('sent')
  })

  it('is withheld from whoever said STOP while it waited', async () => {
    const { rows } = await db.pool.query<{ id: number; conversation_id: string }>(
      `update outbox set status = 'sending' where id = (select id from outbox where status = 'waiting' and urgency = 2 limit 1)
       returning id, conversation_id`,
    )
    const [row] = rows
    await db.pool.query('update conversations set stopped = true where id = $1', [row?.conversation_id])
    expect(await createAttempts(db)(Number(row?.id))).toBe(false)
    const after = await db.pool.query('select status, error from outbox where id = $1', [row?.id])
    expect(after.rows).toEqual([{ status: 'failed', error: 'withheld' }])
  })
})
