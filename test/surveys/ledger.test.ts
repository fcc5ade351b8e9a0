import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { endSurveyDrafts } from '../../src/jobs/survey-drafts.ts'
import { tellSurveys } from '../../src/jobs/survey-invitations.ts'
import { transaction } from '../../src/records/db.ts'
import { surveyKey } from '../../src/surveys/keys.ts'
import { addResponses, type Response } from '../../src/surveys/ledger.ts'
import { MONDAY } from '../helpers/act.ts'
import { testDatabase } from '../helpers/database.ts'
import { houses, testLine } from '../helpers/line.ts'
import { answerSurvey, answersTo, counter, NINE } from '../helpers/survey.ts'

const { db, owner } = await testDatabase()
const line = await testLine(db)
const DAY_MS = 86_400_000

type Row = Response & { made_by: Buffer[]; whole: boolean }
const ledger = async () => (await db.pool.query<Row>('select * from survey_responses order by id')).rows
const sql = (text: string) => owner.db.pool.query(text)

/** Everything a citizen ever said, by its hash in the inbox: kept by the test alone. */
const said = new Map<string, { who: string; text: string }>()
let count = 0

async function say(who: string, text: string, at?: Date): Promise<void> {
  count += 1
  const externalId = `x${count}`
  said.set(line.room.sealing.hash('message', 'lhokseumawe', 'telegram', externalId).toString('hex'), {
    who,
    text,
  })
  // Three seconds apart, so that nobody is a flood.
  await line.say(who, text, { externalId, sentAt: at ?? new Date(MONDAY.getTime() + count * 3000) })
}

/** For each value of a response the messages in the inbox that point to it. */
async function madeBy({ made_by: pointers }: Row): Promise<{ who: string; text: string }[][]> {
  const { rows } = await db.pool.query<{ message_hash: Buffer }>('select message_hash from inbox')
  const { rows: keys } = await db.pool.query<{ day: string }>(
    `select day from survey_keys where purpose = 'pointers'`,
  )
  const opened = await Promise.all(
    keys.map(({ day }) =>
      surveyKey(db.pool, line.room.sealing, { purpose: 'pointers', office: 'lhokseumawe', day }),
    ),
  )
  return pointers.map((pointer, k) =>
    rows.flatMap(({ message_hash: hash }) => {
      const isIt = opened.some(key =>
        createHmac('sha256', key)
          .update(hash)
          .update(NINE[k] ?? '')
          .digest()
          .equals(pointer ?? Buffer.alloc(0)),
      )
      return isIt ? [said.get(hash.toString('hex')) ?? { who: 'nobody', text: '' }] : []
    }),
  )
}

/** Answers whatever is asked, until the survey is over. */
async function finish(who: string, code: string): Promise<void> {
  for (let n = 0; n < 50; n++) {
    await line.quiet()
    const asked = line.heard(who).at(-1) ?? ''
    if (asked.includes('sudah kami terima')) return
    const isValue = /\(\d\/9\)/.test(asked)
    const isOther = /Jenis kelamin|Usia|Pendidikan|Pekerjaan|adakah saran/.test(asked)
    await say(
      who,
      isValue
        ? '3'
        : isOther
          ? 'lewati'
          : asked.includes('bersedia')
            ? 'ya'
            : n % 2 === 0
              ? 'batal'
              : `survei ${code}`,
    )
  }
}

describe('over random histories', () => {
  const act = fc.oneof(
    { weight: 24, arbitrary: fc.integer({ min: 1, max: 4 }).map(n => [String(n)]) },
    // Far enough that answers on the way forward are passed by.
    {
      weight: 8,
      arbitrary: fc.integer({ min: 1, max: 4 }).map(n => Array.from({ length: n }, () => 'kembali')),
    },
    {
      weight: 4,
      arbitrary: fc
        .constantFrom('bagus sekali', 'puas', '5', 'tidak tahu', '🙂', 'lewati')
        .map(text => [text]),
    },
    { weight: 1, arbitrary: fc.constantFrom('batal', 'menu', 'lapor', 'status').map(text => [text]) },
  )

  it('each value was made by one message of one citizen that says it, and turning the clock forward makes none', async () => {
    const code = await counter(db, { perDay: 10_000 })
    let seen = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 8, maxLength: 14 }),
        fc.constantFrom(true, true, true, false),
        async (acts, finishes) => {
          const before = new Set((await ledger()).map(({ id }) => id))
          const who = `random${count}`
          for (const text of [`survei ${code}`, 'ya', ...acts.flat()]) await say(who, text)
          if (finishes) await finish(who, code)
          const made = (await ledger()).filter(({ id }) => !before.has(id))
          // One response an invitation at most, whatever was said.
          expect(made.length).toBeLessThanOrEqual(1)
          seen += made.length
          for (const row of made) {
            for (const [k, makers] of (await madeBy(row)).entries()) {
              expect(makers).toEqual([{ who, text: String(row.values[k]) }])
            }
          }
        },
      ),
      { numRuns: 8 },
    )
    expect(seen).toBeGreaterThan(1)
    const before = await ledger()
    const later = new Date(Date.now() + 400 * DAY_MS)
    await tellSurveys(db, line.room, houses.houses.keys(), later)
    const whole = (await ledger()).filter(row => row.whole)
    expect(whole).toEqual(before.filter(row => row.whole))
    // And by then nobody can follow a value to its message any more.
    expect((await sql(`select 1 from survey_keys where purpose = 'pointers'`)).rowCount).toBe(0)
  })
})

describe('the ledger', () => {
  beforeAll(async () => {
    const code = await counter(db)
    await answerSurvey(line, 'tetap', { code, values: [4, 3, 2, 4, 3, 3, 4, 1, 2] })
  })

  it.each([
    'update survey_responses set values[1] = 5 - values[1]',
    `update survey_responses set unit = 'lain'`,
    'delete from survey_responses',
    'truncate survey_responses',
    `update survey_versions set survey = 'lain'`,
  ])('refuses: %s', async text => {
    const before = await ledger()
    await expect(sql(text)).rejects.toThrow(/only ever added/)
    expect(await ledger()).toEqual(before)
  })

  it('lets what is five years old go, and nothing younger', async () => {
    const { rows } = await db.pool.query<{ month: string }>(
      `select (date_trunc('year', now()) - interval '6 years')::date as month`,
    )
    await transaction(db, client => addResponses(client, [made({ month: rows[0]?.month ?? '' })]))
    await sql(`delete from survey_responses where month < now() - interval '5 years'`)
    expect((await ledger()).some(({ unit }) => unit === 'buatan')).toBe(false)
  })

  it.each([
    [{ values: [4, 4, 4, 4, 4, 4, 4, 4, 5] }, /survey_responses_values/],
    [{ values: [0, 4, 4, 4, 4, 4, 4, 4, 4] }, /survey_responses_values/],
    [{ madeBy: NINE.map(() => null) }, /exactly one message/],
    [{ madeBy: NINE.map(() => Buffer.from('same')) }, /two survey values/],
    [{ values: [null, 4, 4, 4, 4, 4, 4, 4, 4] as (number | null)[] }, /exactly one message/],
  ])('takes no value outside 1 to 4, and none that nothing made: %#', async (more, why) => {
    await expect(transaction(db, client => addResponses(client, [made(more)]))).rejects.toThrow(why)
  })

  it('keeps what was answered when its citizen is deleted, and nothing leads there before', async () => {
    const code = await counter(db)
    await answerSurvey(line, 'pergi', {
      code,
      values: [3, 3, 3, 4, 3, 3, 3, 3, 3],
      suggestion: 'Antrean dipercepat',
    })
    await line.say('pergi', `survei ${await counter(db)}`)
    await line.say('pergi', 'ya')
    await line.say('pergi', '2')
    const before = await ledger()
    const drafts = async () => (await sql('select 1 from survey_drafts')).rowCount ?? 0
    const begun = await drafts()
    for (const text of ['batal', 'hapus data', 'hapus']) await line.say('pergi', text)
    await line.quiet()
    expect(await drafts()).toBe(begun - 1)
    expect(await ledger()).toEqual(before)
  })

  it('keeps no words of an answer beside who gave it', async () => {
    const code = await counter(db)
    // As people do: each question is read before it is answered. What is still on its way at the end stays as long as other messages.
    for (const said of answersTo(code, [1, 2, 3, 4, 1, 2, 3, 4, 1], 'Kursi ditambah')) {
      await line.say('jejak', said)
      await line.quiet()
    }
    const hash = line.room.sealing.hash('address', 'lhokseumawe', 'telegram', 'jejak')
    const { rows } = await db.pool.query<{ id: string }>(
      'select id from conversations where address_hash = $1',
      [hash],
    )
    const { rows: kept } = await db.pool.query<{ turn: number }>(
      'select turn from inbox where conversation_id = $1 order by turn',
      [rows[0]?.id],
    )
    // The opening and the willingness alone.
    expect(kept).toHaveLength(2)
    // What we said last, and the first and last questions' frames; no question with an answer to it.
    const { rows: told } = await db.pool.query<{ n: number }>(
      'select count(*)::int as n from outbox where conversation_id = $1',
      [rows[0]?.id],
    )
    expect(told[0]?.n).toBeLessThanOrEqual(3)
  })
})

describe('a counter', () => {
  it('takes one response a day of a citizen, and so many a day in all', async () => {
    const code = await counter(db, { perDay: 2 })
    const values = [4, 4, 4, 4, 4, 4, 4, 4, 4]
    const n = (await ledger()).length
    await answerSurvey(line, 'satu', { code, values })
    await line.say('satu', `survei ${code}`)
    await answerSurvey(line, 'dua', { code, values })
    await line.say('tiga', `survei ${code}`)
    await line.quiet()
    expect(line.heard('satu').at(-1)).toContain('sudah diisi')
    expect(line.heard('tiga').at(-1)).toContain('sebanyak yang diizinkan')
    expect(await ledger()).toHaveLength(n + 2)
  })

  it('is opened by the link on its sheet', async () => {
    const code = await counter(db, { unit: 'Loket Tautan' })
    await line.say('tautan', '/start', { start: `survei_${code}` })
    await line.quiet()
    expect(line.heard('tautan').at(-1)).toContain('Terima kasih sudah datang ke Loket Tautan')
  })
})

describe('a survey nobody finished', () => {
  const forget = (days: number) =>
    endSurveyDrafts(db, line.room, {
      days: 7,
      now: new Date(MONDAY.getTime() + days * DAY_MS),
    })

  it('is kept apart after seven days, with what was answered', async () => {
    const code = await counter(db, { unit: 'Loket Separuh' })
    for (const text of [`survei ${code}`, 'ya', '4', '3', '2']) await line.say('separuh', text)
    await forget(6)
    expect((await ledger()).filter(({ unit }) => unit === 'Loket Separuh')).toEqual([])
    await forget(8)
    const [row] = (await ledger()).filter(({ unit }) => unit === 'Loket Separuh')
    expect(row).toMatchObject({ whole: false, values: [4, 3, 2, null, null, null, null, null, null] })
  })

  it('and broken off is counted, and nothing of it kept', async () => {
    const code = await counter(db, { unit: 'Loket Batal' })
    for (const text of [`survei ${code}`, 'ya', '1', '1', 'batal']) await line.say('henti', text)
    await forget(2)
    expect((await ledger()).filter(({ unit }) => unit === 'Loket Batal')).toEqual([])
    const { rows } = await db.pool.query(
      `select what, count from survey_tallies where unit = 'Loket Batal' order by what`,
    )
    expect(rows).toEqual([
      { what: 'begun', count: 1 },
      { what: 'stopped', count: 1 },
    ])
  })
})

/** A response made by hand. */
function made(more: Partial<Response>): Response {
  return {
    id: crypto.randomUUID(),
    office: 'lhokseumawe',
    survey: 'skm',
    version: 'v',
    month: '2026-11-01',
    source: 'visit',
    channel: 'web',
    unit: 'buatan',
    service: '',
    traits: {},
    values: NINE.map(() => 4),
    madeBy: NINE.map((_, k) => Buffer.from(`message ${k}`)),
    ...more,
  }
}
