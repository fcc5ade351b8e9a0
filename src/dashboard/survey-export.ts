import { askFor, MOST_ROWS, refuseMore } from '../exchange/most-rows.ts'
import { tableOf } from '../exchange/responses.ts'
import { spokenFault } from '../exchange/spoken-fault.ts'
import { FORMATS, type Format, writeTable } from '../exchange/write-table.ts'
import { Refusal } from '../lib/refusal.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { figuresOf } from '../surveys/figures.ts'
import { monthsOf } from '../surveys/period.ts'
import { reading } from '../surveys/reading.ts'
import { workbook } from '../surveys/report/workbook.ts'
import { responseLines } from '../surveys/rows.ts'
import { type AskedSurvey, askedSurvey, noSurvey } from './asked-survey.ts'
import type { Seat } from './door.ts'
import { TYPES } from './file-types.ts'

/** A period as a file: the table of the form (XLSX), responses one by one without anything of who gave them (CSV), or the figures (JSON). */
export async function exportSurvey(seat: Seat): Promise<Response> {
  const { c, door, house, member } = seat
  const asked = askedSurvey(seat)
  if (asked === undefined) return noSurvey(seat)
  const format = FORMATS.find(one => one === c.req.query('format')) ?? 'csv'
  const { instrument, period } = asked
  const file = await fileOf(seat, asked, format).catch((error: unknown) => {
    if (error instanceof Refusal) return error
    throw error
  })
  if (file instanceof Refusal) return c.text(spokenFault(file.message, seat.language), 422)
  const subject = `${instrument.survey} ${period.id}`
  const entry = { office: house.office.id, actor: member.id, action: 'survey_exported', subject }
  await transaction(door.db, client => note(client, door.room.sealing, entry, door.now()))
  return c.body(new Uint8Array(file), 200, {
    'Content-Type': TYPES[format],
    'Content-Disposition': `attachment; filename="balai-${instrument.survey}-${period.id}.${format}"`,
  })
}

async function fileOf(
  { door, house }: Seat,
  { instrument, period }: AskedSurvey,
  format: Format,
): Promise<Buffer> {
  const { office } = house
  const figures = await reading(door.db, on => figuresOf(on, { office, instrument, period }))
  if (format === 'json') return Buffer.from(`${JSON.stringify(figures, null, 2)}\n`)
  const span = { office: office.id, survey: instrument.survey, ...monthsOf(period) }
  const responses = await responseLines(door.db.pool, { ...span, limit: askFor(MOST_ROWS) })
  refuseMore(responses.lines.length, MOST_ROWS)
  return format === 'xlsx' ? workbook(figures, responses.lines) : writeTable(tableOf(responses), format)
}
