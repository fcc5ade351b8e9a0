import { Hono } from 'hono'
import type { House } from '../../offices/house.ts'
import type { Queryable } from '../../records/db.ts'
import { allPublished } from '../../surveys/published.ts'
import { REPORT_CSS } from '../../surveys/report/style.ts'
import { SHEET_CSS } from '../../surveys/sheet.ts'
import { openData } from '../look/open-data.ts'
import { tongueOf } from '../look/tongue.ts'
import { asJson, asTable } from './open-data.ts'
import { resultPage } from './result-page.ts'

/** The style of reports and results, where pages of ours link to it. */
export const SURVEY_CSS = '/widget/survey.css'

/** The style of sheets for counters. */
export const SHEET_STYLE = '/widget/sheet.css'

/** The national survey: the one an office has to publish. */
const SURVEY = 'skm'

/** Published results, for everybody: a page, and the same as open data. */
export function surveyDoor({
  reads,
  houses,
  trial,
}: {
  reads: Queryable
  houses: ReadonlyMap<string, House>
  trial: boolean
}): Hono {
  const door = new Hono()
  const officeOf = (id: string) => houses.get(id)?.office
  for (const [path, css] of [
    [SURVEY_CSS, REPORT_CSS],
    [SHEET_STYLE, SHEET_CSS],
  ] as const)
    door.get(path, c =>
      c.body(css, 200, { 'Content-Type': 'text/css; charset=utf-8', 'Cache-Control': 'no-cache' }),
    )
  door.get('/:office/skm', async (c, next) => {
    const office = officeOf(c.req.param('office'))
    if (office === undefined) return next()
    const all = await allPublished(reads, office.id, SURVEY)
    return resultPage(c, tongueOf(c), office, { all, example: trial || office.example })
  })
  for (const format of ['json', 'csv'] as const) {
    door.get(`/:office/data/skm.${format}`, async (c, next) => {
      const office = officeOf(c.req.param('office'))
      if (office === undefined) return next()
      const all = await allPublished(reads, office.id, SURVEY)
      const { id, name, zone } = office
      return openData(c, {
        json: () => ({
          office: { id, name },
          survey: SURVEY,
          example: trial || office.example,
          published: asJson(all, zone),
        }),
        table: () => asTable(all, zone),
        seconds: 600,
      })
    })
  }
  return door
}
