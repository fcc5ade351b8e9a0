import type { Db, Queryable } from '../../records/db.ts'
import type { Sealing } from '../../records/sealing.ts'
import { figuresOf, type Wanted } from '../figures.ts'
import { before, monthsOf, periodName } from '../period.ts'
import { plansOf } from '../plans.ts'
import { reading } from '../reading.ts'
import { groupSuggestions } from '../suggestion-groups.ts'
import { suggestionsOf } from '../suggestions.ts'
import type { Report } from './chapters.ts'

/** Suggestions opened for one report, taken by chance: to read more of them takes longer than anybody reads on. */
const MOST_SUGGESTIONS = 3000

/** Everything a report of a period tells, reckoned now. */
export function loadReport(db: Db, sealing: Sealing, wanted: Wanted & { example: boolean }): Promise<Report> {
  return reading(db, on => load(on, sealing, wanted))
}

async function load(on: Queryable, sealing: Sealing, wanted: Wanted & { example: boolean }): Promise<Report> {
  const { office, instrument, period, unit, example } = wanted
  const where = { office: office.id, survey: instrument.survey }
  const last = before(period)
  const span = { ...where, ...monthsOf(period), ...(unit === undefined ? {} : { unit }) }
  const [figures, plans, earlier, { texts, count }] = await Promise.all([
    figuresOf(on, { office, instrument, period, unit }),
    plansOf(on, { ...where, period: period.id }),
    plansOf(on, { ...where, period: last.id }),
    suggestionsOf(on, sealing, span, MOST_SUGGESTIONS),
  ])
  return {
    figures,
    instrument,
    plans,
    earlier: { period: periodName(last), plans: earlier },
    suggestions: { groups: groupSuggestions(texts), count, read: texts.length },
    example,
  }
}
