import { html } from 'hono/html'
import type { Instrument } from '../conversation/instrument.ts'
import { localTime } from '../lib/local-time.ts'
import { around, before, hasEnded, type Period, readPeriod } from '../surveys/period.ts'
import type { Seat } from './door.ts'
import { deskPage, linkTo } from './page.ts'

/** A survey of this office and the period somebody asks about. */
export type AskedSurvey = { instrument: Instrument; period: Period; today: string }

/** What is said of a period that is not over, behind its name; nothing of others. */
export function runningWords({ t, house, door }: Seat, period: Period | undefined): string {
  const today = localTime(house.office.zone, door.now()).slice(0, 10)
  if (period === undefined || hasEnded(period, today)) return ''
  return t(' (berjalan, belum final)', ' (running, not final)')
}

/** Lengths of a period: a quarter, half a year, a year. */
const LENGTHS = [3, 6, 12]
const BACK = 4

/** By the address, or by a form; the running quarter without a period. Undefined when there is no such survey. */
export function askedSurvey({ c, form, house, door }: Seat): AskedSurvey | undefined {
  const name = c.req.param('id') ?? ''
  const instrument = Object.hasOwn(house.surveys, name) ? house.surveys[name] : undefined
  const today = localTime(house.office.zone, door.now()).slice(0, 10)
  const period =
    readPeriod(form.of('period') || (c.req.query('period') ?? '')) ?? around({ first: 1, last: 3 }, today)
  return instrument && { instrument, period, today }
}

/** Periods to choose from: the running ones and some before them, of each length. */
export function periodsTo(today: string): Period[] {
  return LENGTHS.flatMap(months => {
    const periods = [around({ first: 1, last: months }, today)]
    while (periods.length < (months === 12 ? 2 : BACK)) periods.push(before(periods.at(-1) as Period))
    return periods
  })
}

export function noSurvey(seat: Seat): Response | Promise<Response> {
  const { t } = seat
  return deskPage(
    seat,
    {
      title: t('Survei tidak ada', 'No such survey'),
      body: html`<p><a href="${linkTo(seat, '/surveys')}">${t('Ke daftar survei', 'To the surveys')}</a></p>`,
    },
    404,
  )
}
