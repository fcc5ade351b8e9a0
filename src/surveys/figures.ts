import type { Instrument } from '../conversation/instrument.ts'
import type { Queryable } from '../records/db.ts'
import { type Comparison, compareResults } from './compare.ts'
import { type Cell, countResponses, type Four, type Span } from './counts.ts'
import { fraction, shown } from './fraction.ts'
import { type Group, groupsBy, groupsByTrait, type How, resultOf, type Sums, sumsOfCells } from './groups.ts'
import type { ElementResult, IndexResult } from './index.ts'
import { before, monthsName, monthsOf, type Period, periodName } from './period.ts'
import { isFinal, lastPublished } from './published.ts'
import { type Asking, askingOf, INVITED, rateOf } from './response-rate.ts'
import { sampleSize } from './sample-size.ts'
import { servedIn } from './served.ts'
import { hiddenAmong, LEAST } from './small-groups.ts'
import { type Point, pastOf, pointOf } from './trend.ts'

/** `printed`: as reports show them, averages to three places and the converted one to two, each rounded once. */
export type ElementFigures = ElementResult & {
  element: string
  name: string
  sum: number
  counts: Four
  printed: { average: number; weighted: number; converted: number }
}

/**
 * Against the figures last published of the period before. `final`: that one was over by then; what was published before this was noted
 * does not say.
 */
export type Compared = Comparison & { with: string; final?: boolean }

/** Places of averages and of the index in printed tables. */
const PRINTED = 3

/** Everything a report tells of one period, of an office or one of its units: figures alone, and none of too few people. */
export type Figures = {
  survey: string
  title: string
  index: string
  office: { id: string; name: string }
  unit: string | null
  period: { id: string; name: string; months: string }
  weight: Instrument['weight']
  rule: Instrument['rule']
  /** Whole responses, and those that were not. */
  respondents: number
  partial: number
  /** Too few answered, or a unit that is hidden in its office's report: then there is nothing below but counts. */
  withheld: boolean
  result: Omit<IndexResult, 'elements'> | null
  printedIndex: number | null
  elements: ElementFigures[]
  /** From the lowest average. */
  ranked: string[]
  /** People served: as the office says, or else as many as were invited. */
  served: number
  servedBy: 'office' | 'invitations'
  target: number
  asking: Asking
  rate: number | null
  groups: { by: 'unit' | 'service' | 'channel' | 'source' | 'month'; groups: Group[] }[]
  traits: { trait: string; name: string; groups: Group[] }[]
  trend: Point[]
  compared: Compared | null
}

export type Wanted = {
  office: { id: string; name: string; zone: string }
  instrument: Instrument
  period: Period
  unit?: string | undefined
}

/** The figures of a period, reckoned from the ledger. */
export async function figuresOf(
  on: Queryable,
  { office, instrument, period, unit }: Wanted,
): Promise<Figures> {
  const { survey, title, index, weight, rule } = instrument
  const span = { office: office.id, survey, unit, ...monthsOf(period) }
  const how: How = { convention: weight, rule }
  const names = Object.keys(instrument.elements)
  const [counts, asked, told, past, earlier, isHidden] = await Promise.all([
    countResponses(on, span),
    askingOf(on, span),
    servedIn(on, office.id, survey, period),
    pastOf(on, { office: office.id, survey, unit }, period, { elements: names, how }),
    unit === undefined ? lastPublished(on, office.id, survey, before(period).id) : undefined,
    unit !== undefined && isHiddenUnit(on, span, unit),
  ])
  const { cells, traitCells, partial } = counts
  // In the order of the instrument, where it asks what they answered.
  const same = counts.elements.toSorted().join() === names.toSorted().join()
  const elements = same ? names : counts.elements
  const sums = sumsOfCells(cells)
  const answered = sumsOfCells(cells.filter(({ source }) => INVITED.includes(source))).n
  const asking = { ...asked, answered }
  const withheld = sums.n < LEAST || isHidden
  const result = withheld ? undefined : resultOf(sums, elements, how)
  const served = unit === undefined ? told : undefined
  const { elements: _, ...whole } = result ?? { elements: {} }
  const shownElements = result === undefined ? [] : elementFigures(result, { cells, sums, instrument, how })
  const by = (key: 'unit' | 'service' | 'channel' | 'source' | 'month') => ({
    by: key,
    groups: withheld ? [] : groupsBy(cells, key, elements, how),
  })
  return {
    survey,
    title: title.id,
    index,
    office: { id: office.id, name: office.name },
    unit: unit ?? null,
    period: { id: period.id, name: periodName(period), months: monthsName(period) },
    weight,
    rule,
    respondents: sums.n,
    partial,
    withheld,
    result: result === undefined ? null : (whole as Omit<IndexResult, 'elements'>),
    printedIndex: withheld ? null : (resultOf(sums, elements, { ...how, places: PRINTED })?.index ?? null),
    elements: shownElements,
    ranked: shownElements.toSorted((a, b) => a.average - b.average).map(({ element }) => element),
    served: served ?? asking.invited,
    servedBy: served === undefined ? 'invitations' : 'office',
    target: sampleSize(served ?? asking.invited),
    asking,
    rate: rateOf(asking) ?? null,
    groups: (['unit', 'service', 'channel', 'source', 'month'] as const).map(by),
    traits: Object.entries(instrument.traits).map(([trait, { name }]) => ({
      trait,
      name: name.id,
      groups: withheld ? [] : groupsByTrait(traitCells, trait, elements, how),
    })),
    trend: withheld ? [] : [...past, pointOf(period, sums, elements, how)],
    compared:
      result === undefined || earlier === undefined || earlier.figures.result === null
        ? null
        : {
            with: earlier.period,
            final: isFinal(earlier, office.zone),
            ...compareResults(result, asResult(earlier.figures)),
          },
  }
}

function elementFigures(
  { elements }: IndexResult,
  { cells, sums, instrument, how }: { cells: Cell[]; sums: Sums; instrument: Instrument; how: How },
): ElementFigures[] {
  const printed = resultOf(sums, Object.keys(elements), { ...how, places: PRINTED })?.elements ?? {}
  return Object.entries(elements).map(([element, own]) => {
    const sum = sums.sums[element] ?? 0
    const { average, weighted } = printed[element] ?? own
    return {
      element,
      name: instrument.elements[element]?.name.id ?? element,
      sum,
      counts: cells.reduce<Four>((so, { counts }) => addFour(so, counts[element]), [0, 0, 0, 0]),
      printed: { average, weighted, converted: shown(fraction(25 * sum, sums.n), 2) },
      ...own,
    }
  })
}

/** Whether the unit is hidden among those of its office: its own report would tell what that one does not. */
async function isHiddenUnit(
  on: Queryable,
  { office, survey, from, to }: Span,
  unit: string,
): Promise<boolean> {
  const { rows } = await on.query<{ unit: string; n: number }>(
    `select unit, count(*)::int as n from survey_responses
     where office = $1 and survey = $2 and month between $3 and $4 and whole group by unit`,
    [office, survey, from, to],
  )
  // In the order of the office's own table: of two units alike the first is hidden there.
  const inOrder = rows.toSorted((a, b) => (a.unit < b.unit ? -1 : 1))
  const hidden = hiddenAmong(inOrder.map(({ n }) => n))
  return inOrder.some((row, k) => row.unit === unit && hidden[k] === true)
}

function asResult({ result, elements }: Figures): IndexResult {
  const own = Object.fromEntries(elements.map(({ element, ...one }) => [element, one]))
  return { ...(result as Omit<IndexResult, 'elements'>), elements: own }
}

function addFour(a: Four, b: Four = [0, 0, 0, 0]): Four {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]]
}
