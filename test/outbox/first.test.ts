import { expect, it } from 'vitest'
import { SendError } from '../../src/channels/channel.ts'
import { testDatabase } from '../helpers/database.ts'
import { fakePlatform, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const number = Object.assign(fakePlatform('whatsapp'), { pace: { perSecond: 200, perAddressMs: 0 } })
const line = await testLine(db, undefined, number)

it('marks what is said first, and lets no answer wait for what the channel holds back', async () => {
  // More than the refusals in a row that are taken for the whole number's.
  const people = Array.from({ length: 12 }, (_, n) => `warga ${n}`)
  for (const one of people) await line.say(one, 'menu')
  await line.quiet()
  expect(number.sent.filter(({ first }) => first)).toEqual([])
  number.before = ({ first }) => {
    if (first) throw new SendError('not_yet', 'enough for today', { retryAfterMs: 3_600_000 })
  }
  await db.pool.query(`update outbox set status = 'waiting', urgency = 2, due_at = now()`)
  line.delivery.wake()
  const held = `select 1 from outbox where status = 'waiting' and error = 'not_yet' and due_at > now() + interval '50 minutes'`
  await expect.poll(async () => (await db.pool.query(held)).rowCount, { timeout: 10_000 }).toBe(people.length)
  await line.say('warga 0', 'bantuan')
  await line.say('baru', 'menu')
  await expect.poll(() => line.heard('baru').length, { timeout: 10_000 }).toBe(1)
  expect(line.heard('warga 0')).toHaveLength(2)
})
