import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { forgetOld } from '../../src/jobs/keeping.ts'
import { NO_KNOWLEDGE } from '../../src/knowledge/books.ts'
import { transaction } from '../../src/records/db.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import {
  cancelRegistrations,
  fillRaised,
  registerInterest,
  registrationsOf,
} from '../../src/records/registrations.ts'
import { openVacancies } from '../../src/vacancies/books.ts'
import { testDatabase } from '../helpers/database.ts'
import { fakePlatform, testLine } from '../helpers/line.ts'
import { anAgendaItem, putAll } from '../helpers/listings.ts'
import { reading } from '../helpers/vacancies.ts'

const { db } = await testDatabase()
const line = await testLine(
  db,
  makeKeyring(),
  fakePlatform('telegram'),
  NO_KNOWLEDGE,
  openVacancies({ db, reading, examples: true }),
)
const AT = new Date('2026-11-23T02:00:00Z')
const ENDS = '2026-11-30T02:00:00.000Z'
const STARTS = '2026-11-29T02:00:00.000Z'

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

const register = (agenda: string, who: number, places: number) =>
  transaction(db, client =>
    registerInterest(client, line.room.sealing, {
      office: 'lhokseumawe',
      agenda,
      conversationId: idOf(who),
      places,
      answers: { nama: `Contoh ${who}` },
      at: AT,
    }),
  )

const leave = (who: number) =>
  transaction(db, async client =>
    cancelRegistrations(client, await registrationsOf(client, [idOf(who)], AT), AT),
  )

const standing = async (agenda: string) => {
  const { rows } = await db.pool.query<{ number: number; status: string }>(
    `select number, status from registrations where agenda = $1 and status <> 'cancelled' order by number`,
    [agenda],
  )
  return rows
}

it('places are never given twice, whoever comes and leaves at the same moment, and nobody waits beside a free one', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()), { minLength: 4, maxLength: 24 }),
      async (places, moves) => {
        run += 1
        const agenda = `run-${run}`
        await putAll(db, 'agenda', [anAgendaItem({ id: agenda, places, starts_at: STARTS, ends_at: ENDS })])
        const who = (n: number) => run * 100 + n
        await Promise.all(
          moves.map(([n, comes]) => (comes ? register(agenda, who(n), places) : leave(who(n)))),
        )
        const now = await standing(agenda)
        const confirmed = now.filter(({ status }) => status === 'confirmed')
        expect(confirmed.length).toBe(Math.min(places, now.length))
        expect(new Set(now.map(({ number }) => number)).size).toBe(now.length)
      },
    ),
    { numRuns: 12 },
  )
})

it('the longest on the waiting list gets the place, and answers are sealed and destroyed', async () => {
  await putAll(db, 'agenda', [anAgendaItem({ id: 'queue', places: 1, starts_at: STARTS, ends_at: ENDS })])
  for (const n of [90001, 90002, 90003]) await register('queue', n, 1)
  expect((await standing('queue')).map(({ status }) => status)).toEqual(['confirmed', 'waiting', 'waiting'])
  expect(await leave(90001)).toMatchObject([{ conversation_id: idOf(90002), number: 2 }])
  const { rows } = await db.pool.query(
    `select status, answers is null and wrapped_key is null as gone, position('Contoh' in encode(coalesce(answers, ''), 'escape')) as plain
     from registrations where agenda = 'queue' order by number`,
  )
  expect(rows).toEqual([
    { status: 'cancelled', gone: true, plain: 0 },
    { status: 'confirmed', gone: false, plain: 0 },
    { status: 'waiting', gone: false, plain: 0 },
  ])
})

it('nobody comes in past the queue when there are more places', async () => {
  await putAll(db, 'agenda', [anAgendaItem({ id: 'raised', places: 1, starts_at: STARTS, ends_at: ENDS })])
  for (const n of [92001, 92002]) await register('raised', n, 1)
  await putAll(db, 'agenda', [anAgendaItem({ id: 'raised', places: 2, starts_at: STARTS, ends_at: ENDS })])
  await register('raised', 92003, 2)
  expect((await standing('raised')).map(({ status }) => status)).toEqual(['confirmed', 'waiting', 'waiting'])
  const raised = { office: 'lhokseumawe', agenda: 'raised' }
  const given = await transaction(db, client => fillRaised(client, raised, AT))
  expect(given).toMatchObject([{ conversation_id: idOf(92002) }])
})

it('who registered is forgotten a month after the event', async () => {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  await putAll(db, 'agenda', [
    anAgendaItem({ id: 'long-ago', places: 5, starts_at: day(-33), ends_at: day(-31) }),
    anAgendaItem({ id: 'lately', places: 5, starts_at: day(-30), ends_at: day(-29) }),
  ])
  await register('long-ago', 95001, 5)
  await register('lately', 95001, 5)
  expect(await forgetOld(db, line.room)).toMatchObject({ registrations: 1 })
  expect([await standing('long-ago'), await standing('lately')].map(({ length }) => length)).toEqual([0, 1])
})

describe('registering on the line', () => {
  let item = ''
  let count = 0
  beforeEach(async () => {
    count += 1
    item = `kursus-${count}`
    await putAll(db, 'agenda', [
      anAgendaItem({
        id: item,
        title: `Kursus ${count} (contoh)`,
        places: 1,
        starts_at: STARTS,
        ends_at: ENDS,
        form: [
          { name: 'nama', ask: 'Dengan nama siapa?', kind: 'text' },
          { name: 'usia', ask: 'Berapa usia?', kind: 'number' },
        ],
      }),
    ])
  })

  const come = async (who: string) => {
    for (const words of ['daftar minat', `Kursus ${count} (contoh)`, 'Budi Contoh', 'dua puluh', '20', '1'])
      await line.say(who, words)
    await line.quiet()
    return line.heard(who).at(-1) ?? ''
  }

  it('asks what the item asks, asks again what does not fit, and gives the place to the next when one leaves', async () => {
    expect(await come('first')).toContain(`sudah terdaftar: *Kursus ${count} (contoh)*, nomor *1*`)
    expect(line.heard('first').join('\n')).toContain('Mohon dijawab dengan angka.')
    expect(await come('second')).toContain('daftar tunggu')
    for (const words of ['batal daftar', '1', '1']) await line.say('first', words)
    await line.quiet()
    expect(line.heard('first').at(-1)).toContain('sudah dibatalkan')
    expect(line.heard('second').at(-1)).toContain(
      `Ada tempat untuk Bapak/Ibu: *Kursus ${count} (contoh)*, nomor 2.`,
    )
  })

  it('is not done twice from one chat, and not behind the last day', async () => {
    await come('keen')
    await line.say('keen', 'daftar minat')
    await line.say('keen', `Kursus ${count} (contoh)`)
    await line.quiet()
    expect(line.heard('keen').at(-1)).toContain('Bapak/Ibu sudah terdaftar')
    await putAll(db, 'agenda', [
      anAgendaItem({
        id: item,
        title: `Kursus ${count} (contoh)`,
        places: 1,
        starts_at: STARTS,
        ends_at: ENDS,
        register_until: '2026-11-23T01:00:00.000Z',
      }),
    ])
    await line.say('late', 'daftar minat')
    await line.quiet()
    expect(line.heard('late').at(-1)).not.toContain(`Kursus ${count} (contoh)`)
  })

  it('is forgotten with everything else of a citizen, and the place goes on', async () => {
    await come('leaver')
    await come('waiter')
    for (const words of ['hapus data', 'HAPUS']) await line.say('leaver', words)
    await line.quiet()
    const rows = await standing(item)
    expect(rows).toEqual([{ number: 2, status: 'confirmed' }])
    expect(line.heard('waiter').at(-1)).toContain('Ada tempat untuk Bapak/Ibu')
  })
})
