import { randomBytes, randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { holdRestored } from '../../src/backup/restored.ts'
import { sendReminders } from '../../src/jobs/reminders.ts'
import { tellSurveys } from '../../src/jobs/survey-invitations.ts'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'
import { aVacancy, putAll } from '../helpers/listings.ts'
import { outreachOn } from '../helpers/outreach.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const { chatOf } = outreachOn(line, db)
const offices = ['lhokseumawe']
/** In working hours, when all below is due and nothing over: Monday, ten in the morning in Lhokseumawe. */
const LATER = new Date('2026-12-07T03:00:00Z')
const CLOSES = '2026-12-10T16:59:00.000Z'
const restored = { madeAt: '2026-11-23T01:00:00.000Z', restoredAt: '2026-11-23T02:00:00.000Z' }

await putAll(db, 'vacancy', [aVacancy({ closes_at: CLOSES })])

/** The chat of a citizen who has written and is in nothing. */
async function chat(who: string): Promise<string> {
  await line.say(who, 'menu')
  await line.quiet()
  return chatOf(who)
}

/** A wish to be reminded, `minutes` after now; null where nothing is left to be said. */
async function wish(who: string, minutes: number | null): Promise<void> {
  await db.pool.query(
    `insert into reminders (office, conversation_id, kind, listing_id, due, remind_at, created_at)
     values ('lhokseumawe', $1, 'vacancy', 'analis-hukum', $2, now() + $3 * interval '1 minute', now())`,
    [await chat(who), CLOSES, minutes],
  )
}

async function invitation(who: string, status: string, ticket: string | null = null): Promise<void> {
  await db.pool.query(
    `insert into survey_invitations (id, office, survey, conversation_id, ticket_id, occasion, source, unit, service, status, due_at, over_at, made_at)
     values ($1, 'lhokseumawe', 'skm', $2, $5, $3, 'ticket', 'Loket', 'Kartu', $4, now(), '2026-12-20', now())`,
    [randomUUID(), await chat(who), randomBytes(16), status, ticket],
  )
}

/** What is said first to each of them when the jobs run long after. */
async function saidTo(...names: string[]): Promise<number[]> {
  const before = names.map(name => line.heard(name).length)
  await sendReminders(db, line.room, offices, LATER)
  await tellSurveys(db, line.room, offices, LATER)
  line.delivery.wake()
  await line.quiet()
  return names.map((name, n) => line.heard(name).length - (before[n] ?? 0))
}

it('reminds nobody after a restore of what may have been said since, and keeps what is still to come', async () => {
  await wish('ani', -60)
  await wish('budi', 60)
  await wish('citra', null)
  await holdRestored(db.pool, restored)
  const { rows } = await db.pool.query('select remind_at is null as done, due from reminders order by id')
  expect(rows.map(({ done }) => done)).toEqual([true, false, true])
  // Whoever wished it is still told when the date moves.
  expect(rows.map(({ due }) => due.toISOString())).toEqual([CLOSES, CLOSES, CLOSES])
  expect(await saidTo('ani', 'budi', 'citra')).toEqual([0, 1, 0])
})

it('would remind whose moment had come, had nothing been restored', async () => {
  await wish('dedi', -60)
  expect(await saidTo('dedi')).toEqual([1])
})

it('asks nobody a second time after a restore, and holds what was answered for answered', async () => {
  const statuses = ['waiting', 'sent', 'reminded', 'refused', 'over']
  for (const status of statuses) await invitation(`tanya-${status}`, status, randomUUID())
  await holdRestored(db.pool, restored)
  const { rows } = await db.pool.query(
    'select status, ticket_id is null as parted, due_at = over_at as rests from survey_invitations order by made_at',
  )
  expect(rows.map(({ status }) => status)).toEqual(['over', 'reminded', 'reminded', 'refused', 'over'])
  // One that is over leads to no report any more.
  expect(rows[0]?.parted).toBe(true)
  // It is looked at when it is over, and not before: else those that wait for nothing keep the others waiting.
  expect(rows[1]?.rests).toBe(true)
  expect(await saidTo(...statuses.map(status => `tanya-${status}`))).toEqual([0, 0, 0, 0, 0])
})

it('would ask and remind, had nothing been restored', async () => {
  await invitation('tanya-lagi', 'waiting')
  await invitation('ingat-lagi', 'sent')
  expect(await saidTo('tanya-lagi', 'ingat-lagi')).toEqual([1, 1])
})
