import { expect, it } from 'vitest'
import { jobsOf } from '../../src/clockwork.ts'
import { openLog } from '../../src/lib/log.ts'
import { releaseAbandoned } from '../../src/outbox/claim.ts'
import type { ServerAddress } from '../../src/records/address.ts'
import { erasingRests, lookAtClock, type Sight } from '../../src/records/clock.ts'
import { issueSignIn, spendSignIn } from '../../src/records/sign-in-links.ts'
import { addStaff } from '../../src/records/staff.ts'
import { testDatabase } from '../helpers/database.ts'
import { fileComplaint, houses, testLine } from '../helpers/line.ts'
import { steppingClock } from '../helpers/stepping-clock.ts'

const { db, owner } = await testDatabase()
const clock = await steppingClock(owner.address as ServerAddress)
const line = await testLine(db)

const HOUR = 3_600_000
const DAY = 24 * HOUR
let monotonic = 0
let before: Sight | undefined
/** The process looks, so many milliseconds of its own after it looked last. */
async function look(passed = 5_000): Promise<number> {
  monotonic += passed
  const { sight, stepMs } = await lookAtClock(db, before, () => monotonic)
  // What the test itself takes is time as well: the clock of the process is set to agree.
  before = sight
  return stepMs
}

async function open(): Promise<{ due: number; lease: number | null; age: number }> {
  const { rows } = await db.pool.query(
    `select extract(epoch from due_at - now())::float8 as due, extract(epoch from lease_until - now())::float8 as lease,
       extract(epoch from now() - created_at)::float8 as age
     from outbox where status in ('waiting', 'sending') order by id limit 1`,
  )
  return rows[0]
}

it('shifts what is under way along with a step of the clock, once, whichever process looks first', async () => {
  await fileComplaint(line, 'ani')
  await db.pool.query(
    `update outbox set status = 'sending', created_at = now(), due_at = now() + interval '10 seconds', lease_until = now() + interval '30 seconds'
     where id = (select max(id) from outbox)`,
  )
  expect(await look()).toBe(0)
  const other = before
  for (const step of [HOUR, -DAY, 3 * DAY]) {
    await clock.stepTo(step)
    // Until it was seen, no lease counts as run out: the clock says so, and it may be wrong.
    expect(await releaseAbandoned(db, 'expired')).toBe(0)
    const seen = await look(0)
    expect(Math.abs(seen)).toBeGreaterThan(HOUR / 2)
    const { due, lease, age } = await open()
    expect(Math.abs(due)).toBeLessThan(60)
    expect(Math.abs(lease ?? 0)).toBeLessThan(60)
    expect(Math.abs(age)).toBeLessThan(60)
    const { stepMs } = await lookAtClock(db, other, () => other?.monotonic ?? 0)
    expect(stepMs).toBe(0)
    await clock.stepTo(0)
    await look(0)
  }
})

it('finds after a start that the clock went back while nothing ran', async () => {
  before = undefined
  expect(await look()).toBe(0)
  before = undefined
  await clock.stepTo(-DAY)
  expect(await look()).toBeLessThan(-HOUR)
  expect(Math.abs((await open()).lease ?? 0)).toBeLessThan(60)
  before = undefined
  await clock.stepTo(0)
  // The other way it looks like a night in which nothing ran.
  expect(await look()).toBe(0)
})

it('keeps a sign-in link at its five minutes, whatever the clock does', async () => {
  const staffId = await addStaff(db.pool, line.room.sealing, {
    office: 'lhokseumawe',
    name: 'Rina',
    role: 'admin',
    desks: null,
  })
  before = undefined
  await look()
  const [kept, old] = [await issueSignIn(db.pool, staffId), 'other']
  await clock.stepTo(DAY)
  await look(0)
  expect(await spendSignIn(db.pool, old)).toBeUndefined()
  expect(await spendSignIn(db.pool, kept)).toBe(staffId)
  const late = await issueSignIn(db.pool, staffId)
  await clock.stepTo(0)
  await look(0)
  await clock.stepTo(6 * 60_000)
  // Six minutes that really passed.
  await look(6 * 60_000)
  expect(await spendSignIn(db.pool, late)).toBeUndefined()
  await clock.stepTo(0)
  await look(0)
})

it('erases nothing for a day after the clock went forward by hours, unless it goes back', async () => {
  const jobs = jobsOf({
    db,
    room: line.room,
    offices: houses,
    files: { put: () => Promise.reject(new Error()), open: async () => undefined, sweep: async () => 0 },
    warnings: async () => [],
    log: openLog('silent'),
  })
  const keep = () => jobs.find(({ name }) => name === 'keeping')?.run()
  before = undefined
  await look()
  expect(await erasingRests(db.pool)).toBeUndefined()
  await clock.stepTo(400 * DAY)
  await look(0)
  expect(await erasingRests(db.pool)).toMatchObject({ byMs: expect.any(Number) })
  expect(await keep()).toBeUndefined()
  const { rowCount } = await db.pool.query('select 1 from inbox where sealed is not null')
  expect(rowCount).toBeGreaterThan(0)
  await clock.stepTo(0)
  await look(0)
  expect(await erasingRests(db.pool)).toBeUndefined()
  expect(await keep()).toBeDefined()
  await clock.stepTo(2 * HOUR)
  await look(0)
  await clock.stepTo(28 * HOUR)
  await look(26 * HOUR)
  expect(await erasingRests(db.pool)).toBeUndefined()
})
