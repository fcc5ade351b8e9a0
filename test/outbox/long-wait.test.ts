import { expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { fakePlatform, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
let aMinute = 1
/** Each chat takes one message a minute: the second part of a long one waits in our hands. */
const slow = Object.assign(fakePlatform('whatsapp'), {
  pace: { perSecond: 200, perAddressMs: 0, perMinute: () => aMinute },
})
Object.assign(slow.capabilities, { textMax: 120 })
const line = await testLine(db, undefined, slow)
const statusOf = async (status: string) =>
  (
    await db.pool.query<{ status: string; parts_sent: number; held: boolean }>(
      `select status, parts_sent, lease_until > now() as held from outbox where status = $1 order by id`,
      [status],
    )
  ).rows

it('keeps a message in hand whose next part waits longer than its lease, and takes over what nobody holds', async () => {
  await line.say('left', 'privasi')
  await expect.poll(() => line.heard('left').length).toBe(1)
  await expect.poll(() => statusOf('sending')).toMatchObject([{ parts_sent: 1, held: true }])
  // A message of a process that died, and the one in our hands: the leases of both are over.
  const { rows: orphans } = await db.pool.query<{ id: string }>(
    `insert into outbox (conversation_id, office, channel, key, seq, sender, sealed, status, due_at, created_at)
       select conversation_id, office, channel, key, seq + 1000, sender, sealed, 'sending', now(), now()
       from outbox where status = 'sending' returning id`,
  )
  await db.pool.query(`update outbox set lease_until = now() - interval '1 second' where status = 'sending'`)
  await expect.poll(async () => (await statusOf('waiting')).length, { timeout: 10_000 }).toBe(orphans.length)
  expect(await statusOf('sending')).toHaveLength(1)
  expect(line.heard('left')).toHaveLength(1)
  await db.pool.query('delete from outbox where id = $1', [orphans[0]?.id])
  aMinute = 100
  // Whoever speaks to somebody else has the pace look again.
  await line.say('other', 'menu')
  await line.quiet()
  const parts = slow.sent.filter(({ address }) => address === 'left').map(({ key }) => key)
  expect(parts.length).toBeGreaterThan(1)
  expect(new Set(parts).size).toBe(parts.length)
})
