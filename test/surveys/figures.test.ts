import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { transaction } from '../../src/records/db.ts'
import { compareResults } from '../../src/surveys/compare.ts'
import { figuresOf } from '../../src/surveys/figures.ts'
import { averagesOf, indexOf } from '../../src/surveys/index.ts'
import { addResponses, type Response } from '../../src/surveys/ledger.ts'
import { monthsOf, readPeriod } from '../../src/surveys/period.ts'
import { allPublished, isFinal, lastPublished, publishFigures } from '../../src/surveys/published.ts'
import { noteServed } from '../../src/surveys/served.ts'
import { hiddenAmong, LEAST } from '../../src/surveys/small-groups.ts'
import { archiveInstrument, versionOf } from '../../src/surveys/versions.ts'
import { testDatabase } from '../helpers/database.ts'
import { houses } from '../helpers/line.ts'
import { dice } from '../helpers/walker.ts'

const { db, owner } = await testDatabase()
const skm = houses.houses.get('medan')?.surveys.skm
if (skm === undefined) throw new Error('there is no SKM')
const office = { id: 'medan', name: 'Kantor contoh', zone: 'Asia/Jakarta', desks: 'not for anybody to read' }
const elements = Object.keys(skm.elements)
const period = (id: string) => {
  const read = readPeriod(id)
  if (read === undefined) throw new Error(id)
  return read
}
const figures = (id: string, unit?: string) =>
  figuresOf(db.pool, { office, instrument: skm, period: period(id), unit })

/** So many responses of a month by chance, from a seed. */
function some(n: number, seed: number, more: Partial<Response> = {}): Response[] {
  const chance = dice(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T
  return Array.from({ length: n }, (_, k) => ({
    id: crypto.randomUUID(),
    office: 'medan',
    survey: 'skm',
    version: versionOf(skm as NonNullable<typeof skm>),
    month: '2026-01-01',
    source: pick(['visit', 'ticket'] as const),
    channel: pick(['telegram', 'whatsapp', 'web']),
    unit: pick(['Loket 1', 'Loket 2', 'Loket 3']),
    service: pick(['Legalisir', 'Kartu']),
    traits: chance() < 0.5 ? {} : { kelamin: pick(['l', 'p']), usia: pick(['u19', 'u29', 'u39']) },
    values: elements.map(() => pick([1, 2, 3, 3, 4, 4, 4])),
    madeBy: elements.map(element => Buffer.from(`${seed}/${k}/${element}`)),
    ...more,
  }))
}

const add = (responses: Response[]) => transaction(db, client => addResponses(client, responses))

beforeAll(async () => {
  await archiveInstrument(db.pool, skm)
  await add(some(400, 1))
  await add(some(150, 2, { month: '2026-02-01' }))
  await add(some(3, 3, { month: '2026-03-01', unit: 'Loket 4' }))
  await add(
    some(2, 4, {
      values: [4, 4, null, null, null, null, null, null, null] as never,
      madeBy: elements.map((e, k) => (k < 2 ? Buffer.from(`p${e}`) : null)),
    }).map((one, n) => ({ ...one, madeBy: one.madeBy.map(m => m && Buffer.concat([m, Buffer.from([n])])) })),
  )
})

const rowsOf = async (where: string) =>
  (
    await db.pool.query<{ values: number[] }>(
      `select values from survey_responses where whole and office = 'medan' and ${where}`,
    )
  ).rows.map(({ values }) => Object.fromEntries(elements.map((element, k) => [element, values[k] ?? 0])))
const byHand = async (where: string) => {
  const { averages, respondents } = averagesOf(elements, await rowsOf(where))
  return indexOf(averages, { convention: skm.weight, rule: skm.rule }, respondents)
}

describe('the figures of a period', () => {
  it('are those of all its responses one by one, in all and in every group that is shown', async () => {
    const found = await figures('2026-T1')
    const { elements: expected, ...whole } = (await byHand('true')) ?? {}
    expect(found.result).toEqual(whole)
    expect(
      Object.fromEntries(
        found.elements.map(({ element, average, weighted, grade }) => [
          element,
          { average, weighted, grade },
        ]),
      ),
    ).toEqual(expected)
    expect(found.office).toEqual({ id: 'medan', name: 'Kantor contoh' })
    expect(found).toMatchObject({ respondents: 553, partial: 2, weight: 'exact', rule: '2017' })
    for (const { by, groups } of found.groups)
      for (const group of groups)
        if (!group.hidden)
          expect(group.result, `${by} ${group.name}`).toEqual(await byHand(`${by} = '${group.name}'`))
    for (const { trait, groups } of found.traits)
      for (const group of groups)
        if (!group.hidden)
          expect(group.result).toEqual(await byHand(`coalesce(traits->>'${trait}', '') = '${group.name}'`))
    const counted = found.elements.map(({ counts }) => counts.reduce((a, b) => a + b, 0))
    expect(counted).toEqual(elements.map(() => 553))
  })

  it('hide a unit of three people, and another so that nobody can take it away from the whole', async () => {
    const { groups } = await figures('2026-T1')
    const units = groups.find(({ by }) => by === 'unit')?.groups ?? []
    expect(units.filter(({ hidden }) => hidden).map(({ name }) => name)).toHaveLength(2)
    expect(units.find(({ name }) => name === 'Loket 4')).toEqual({ name: 'Loket 4', hidden: true })
    for (const { name, hidden } of units)
      expect((await figures('2026-T1', name)).withheld, `its own report, of ${name}`).toBe(hidden)
  })

  it('are withheld where fewer than five answered', async () => {
    expect(await figures('2026-T1', 'Loket 4')).toMatchObject({
      respondents: 3,
      withheld: true,
      result: null,
      elements: [],
    })
    expect(await figures('2025')).toMatchObject({ respondents: 0, withheld: true, result: null, target: 0 })
  })

  it('tell how many should have answered, by what the office says', async () => {
    await noteServed(db.pool, { office: 'medan', survey: 'skm', period: '2026-T1', served: 1000 })
    expect(await figures('2026-T1')).toMatchObject({ served: 1000, servedBy: 'office', target: 278 })
  })

  it('refuse to put together what was asked about other elements', async () => {
    const { sarana: _, ...fewer } = skm.elements
    const other = { ...skm, elements: fewer }
    const eight = Object.keys(fewer)
    await archiveInstrument(db.pool, other)
    await add(
      some(6, 9, { month: '2027-01-01', version: versionOf(other), values: eight.map(() => 4) }).map(
        (one, n) => ({
          ...one,
          madeBy: eight.map(e => Buffer.from(`8/${n}/${e}`)),
        }),
      ),
    )
    await add(some(6, 10, { month: '2027-02-01' }))
    await expect(figures('2027-T1')).rejects.toThrow('two instruments')
  })
})

describe('comparing', () => {
  const result = async () => (await byHand('true')) ?? expect.fail('nothing to compare')
  it.each([
    [{ convention: '0.11' }, { refused: 'weight' }],
    [{ rule: '2004' }, { refused: 'rule' }],
    [{ elements: {} }, { refused: 'elements' }],
    [{ ikm: 70 }, { difference: expect.any(Number) }],
  ] as const)('with %o gives %o', async (more, expected) => {
    const now = await result()
    expect(compareResults(now, { ...now, ...more } as typeof now)).toEqual(expected)
  })
})

describe('small groups', () => {
  it('whatever their sizes: none shown is small, and what is left when the shown are taken away is no group and not few', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 8 }), sizes => {
        const hidden = hiddenAmong(sizes)
        const shown = sizes.filter((_, n) => !hidden[n])
        const left = sizes.filter((_, n) => hidden[n])
        expect(shown.every(n => n === 0 || n >= LEAST)).toBe(true)
        const sum = left.reduce((a, b) => a + b, 0)
        const others = shown.filter(n => n > 0)
        if (left.length > 0 && others.length > 0) {
          expect(sum).toBeGreaterThanOrEqual(LEAST)
          expect(left.length).toBeGreaterThan(1)
        }
      }),
    )
  })
})

describe('publishing', () => {
  const by = {
    by: 'Rina',
    at: new Date('2027-01-10T02:00:00Z'),
    zone: 'Asia/Jakarta',
    running: false,
    example: false,
  }

  it('freezes the figures: a further time is a further version, and neither can be changed', async () => {
    const first = await figures('2026-T1')
    const atOnce = Array.from({ length: 5 }, () => publishFigures(db, first, by))
    expect(await Promise.all(atOnce)).toEqual([1, 1, 1, 1, 1])
    await add(some(20, 11))
    expect((await lastPublished(db.pool, 'medan', 'skm', '2026-T1'))?.figures).toEqual(
      JSON.parse(JSON.stringify(first)),
    )
    expect(await publishFigures(db, await figures('2026-T1'), by)).toBe(2)
    for (const text of ['update survey_figures set version = 9', 'delete from survey_figures']) {
      await expect(db.pool.query(text)).rejects.toThrow('permission denied')
      await expect(owner.db.pool.query(text)).rejects.toThrow('only ever added')
    }
    expect(await allPublished(db.pool, 'medan', 'skm')).toMatchObject([{ period: '2026-T1', version: 2 }])
  })

  it('compares with what was published, or says why not', async () => {
    await add(some(50, 12, { month: '2026-04-01' }))
    const now = await figures('2026-T2')
    expect(now.compared).toMatchObject({ with: '2026-T1', difference: expect.any(Number) })
    const other = await figuresOf(db.pool, {
      office,
      instrument: { ...skm, weight: '0.11' },
      period: period('2026-T2'),
    })
    expect(other.compared).toEqual({ with: '2026-T1', final: true, refused: 'weight' })
    expect(now.trend.map(({ period: { id }, n }) => [id, n])).toEqual([
      ['2026-T1', 573],
      ['2026-T2', 50],
    ])
  })

  it.each([
    [
      'an example',
      async () => ({ figures: await figures('2026-T2'), more: { example: true } }),
      'an example nobody has confirmed',
    ],
    ['a unit', async () => ({ figures: await figures('2026-T1', 'Loket 1'), more: {} }), 'the whole office'],
    ['too few', async () => ({ figures: await figures('2025'), more: {} }), 'Fewer than 5'],
  ])('is refused for %s', async (_, given, why) => {
    const { figures: what, more } = await given()
    await expect(publishFigures(db, what, { ...by, ...more })).rejects.toThrow(why)
  })

  it('is refused where, set against what is published, it would tell of three people', async () => {
    await publishFigures(db, await figures('2026-T2'), by)
    await add(some(3, 13, { month: '2026-08-01' }))
    await add(some(40, 14, { month: '2026-11-01' }))
    await publishFigures(db, await figures('2026-T4'), by)
    await expect(figures('2026').then(found => publishFigures(db, found, by))).rejects.toThrow(
      /Set against .*2026-T4.* fewer than 5/,
    )
    await publishFigures(db, await figures('2026-S1'), by)
  })

  it('is refused for a period that runs, unless who publishes says that they know', async () => {
    const early = { ...by, at: new Date('2026-12-31T16:59:59Z') }
    const fourth = await figures('2026-T4')
    await expect(publishFigures(db, fourth, early)).rejects.toThrow('2026-T4 is not over')
    expect(await publishFigures(db, fourth, { ...early, running: true })).toBe(2)
  })

  it.each([
    ['2026-12-31T16:59:59Z', false],
    ['2026-12-31T17:00:00Z', true],
  ])('at %s is final for 2026-T4: %s, by the wall of the office', (at, final) => {
    expect(isFinal({ period: '2026-T4', publishedAt: new Date(at) }, 'Asia/Jakarta')).toBe(final)
  })
})

it.each([
  ['2026', '2026-01-01', '2026-12-01'],
  ['2026-S2', '2026-07-01', '2026-12-01'],
  ['2026-t3', '2026-07-01', '2026-09-01'],
])('%s is from %s to %s', (id, from, to) => expect(monthsOf(period(id))).toEqual({ from, to }))

it.each(['2026-T5', '26', '2026-S0', ''])('%j is no period', id => expect(readPeriod(id)).toBeUndefined())
