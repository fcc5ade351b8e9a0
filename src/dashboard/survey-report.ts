import { SURVEY_CSS } from '../portal/surveys/survey-door.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { loadReport } from '../surveys/report/load.ts'
import { reportPage } from '../surveys/report/page.ts'
import { askedSurvey, noSurvey } from './asked-survey.ts'
import type { Seat } from './door.ts'

/** The report of a period, to be printed. It holds what citizens suggested, so that somebody read it stands in the log. */
export async function printedReport(seat: Seat): Promise<Response> {
  const asked = askedSurvey(seat)
  if (asked === undefined) return noSurvey(seat)
  const { door, house, member, c } = seat
  const { instrument, period } = asked
  const { office } = house
  const example = office.example || door.mode === 'trial'
  const loaded = await loadReport(door.db, door.room.sealing, { office, instrument, period, example })
  const entry = {
    office: office.id,
    actor: member.id,
    action: 'survey_report_seen',
    subject: `${instrument.survey} ${period.id}`,
  }
  await transaction(door.db, client => note(client, door.room.sealing, entry, door.now()))
  return c.html(await reportPage(loaded, SURVEY_CSS))
}
