import { createHash } from 'node:crypto'
import type { Instrument } from '../conversation/instrument.ts'
import { plain } from '../conversation/plain.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Surveys } from '../offices/read-surveys.ts'
import { type Db, transaction } from '../records/db.ts'
import { addResponses, type Response } from '../surveys/ledger.ts'
import { responseLines } from '../surveys/rows.ts'
import { monthOf } from '../surveys/tallies.ts'
import { archiveInstrument, versionOf } from '../surveys/versions.ts'
import { FaultyTable } from './faulty-table.ts'
import { askFor, refuseMore } from './most-rows.ts'
import { readTable } from './read-table.ts'
import type { Note } from './row-reader.ts'
import type { Row, Table } from './table.ts'

const USUAL = 'skm'
const FIXED = ['survey', 'form', 'month', 'unit', 'service']

/** Responses of the usual survey, one a row, without anything of who gave them. Months that begin between the days are taken whole. */
export async function responsesTable(
  db: Db,
  office: string,
  { from, to, most }: { from: string; to: string; most?: number },
): Promise<Table> {
  const span = { office, survey: USUAL, from: monthOf(from), to: monthOf(to) }
  const found = await responseLines(db.pool, { ...span, limit: askFor(most) })
  refuseMore(found.lines.length, most)
  return tableOf(found)
}

/** Responses as a table: what was told of each, and a column for each element. */
export function tableOf({ elements, lines }: Awaited<ReturnType<typeof responseLines>>): Table {
  return {
    columns: ['month', 'source', 'channel', 'unit', 'service', 'whole', ...elements],
    rows: lines.map(({ month, source, channel, unit, service, whole, values }) => [
      month.slice(0, 7),
      source,
      channel,
      unit,
      service,
      whole ? 'ya' : 'tidak',
      ...elements.map(element => String(values[element] ?? '')),
    ]),
  }
}

/**
 * Takes responses that were given on paper. Each row needs a `form`, the mark on its sheet of paper, unique in its month and unit: so a second
 * import adds nothing. Elements are columns by their key or name; a number such as U8 is refused, since offices number them differently.
 */
export async function importResponses(
  db: Db,
  path: string,
  office: string,
  surveys: Surveys,
): Promise<{ read: number; changed: number }> {
  const rows = await readTable(path)
  const faults: Note[] = []
  const before = new Map<string, number>()
  const responses = rows.flatMap(row => {
    const response = readResponse(row, office, surveys, faults)
    if (response === undefined) return []
    const first = before.get(response.id)
    before.set(response.id, first ?? row.number)
    // A form is one in its month and unit.
    if (first !== undefined)
      faults.push({
        row: row.number,
        column: 'form',
        what: `"${row.cells.form}" stands in row ${first} already`,
      })
    return response
  })
  if (faults.length > 0) throw new FaultyTable(faults, faults.length)
  if (responses.length === 0) throw new Refusal(`There is no response in ${path}.`)
  return transaction(db, async client => {
    const { rows: known } = await client.query<{ id: string; values: number[] }>(
      'select id, values from survey_responses where id = any($1::uuid[])',
      [responses.map(({ id }) => id)],
    )
    const kept = new Map(known.map(({ id, values }) => [id, values.join()]))
    const other = responses.filter(({ id, values }) => kept.has(id) && kept.get(id) !== values.join())
    if (other.length > 0)
      throw new Refusal(
        `Nothing was imported: ${other.length} of the forms are in already with other values, and a response is never changed. Your move: check the marks in "form".`,
      )
    for (const survey of new Set(responses.map(one => one.survey))) {
      const instrument = surveys[survey]
      if (instrument !== undefined) await archiveInstrument(client, instrument)
    }
    const fresh = responses.filter(({ id }) => !kept.has(id))
    await addResponses(client, fresh)
    return { read: responses.length, changed: fresh.length }
  })
}

function readResponse(
  { number, cells }: Row,
  office: string,
  surveys: Surveys,
  faults: Note[],
): Response | undefined {
  const before = faults.length
  const fault = (column: string, what: string) => void faults.push({ row: number, column, what })
  const { survey = USUAL, form = '', month: written = '', unit = '', service = '' } = cells
  const instrument = surveys[survey === '' ? USUAL : survey]
  if (instrument === undefined) {
    fault('survey', `there is no survey "${survey}"; there are ${Object.keys(surveys).join(', ')}`)
    return undefined
  }
  if (form === '') fault('form', 'is missing: the mark on the sheet of paper')
  if (!/^\d{4}-(0[1-9]|1[0-2])(-\d{2})?$/.test(written)) fault('month', 'should be a month such as 2026-11')
  const elements = Object.keys(instrument.elements)
  const given = valuesIn(instrument, cells, fault)
  const missing = elements.filter(element => given.values[element] === undefined)
  for (const element of missing)
    if (!given.faulty.has(element)) fault(element, 'is missing: a value from 1 to 4')
  if (faults.length > before) return undefined
  const month = monthOf(written)
  const about = (element: string) =>
    createHash('sha256')
      .update(JSON.stringify([office, instrument.survey, month, unit, form, element]))
      .digest()
  return {
    id: uuidOf(about('')),
    office,
    survey: instrument.survey,
    version: versionOf(instrument),
    month,
    source: 'paper',
    channel: 'paper',
    unit,
    service,
    traits: given.traits,
    values: elements.map(element => given.values[element] ?? null),
    madeBy: elements.map(about),
  }
}

function valuesIn(
  { elements, traits }: Instrument,
  cells: Record<string, string>,
  fault: (column: string, what: string) => void,
) {
  const values: Record<string, number> = {}
  const told: Record<string, string> = {}
  const faulty = new Set<string>()
  for (const [column, cell] of Object.entries(cells)) {
    if (FIXED.includes(column)) continue
    const isCalled = (key: string, name: string) =>
      plain(column) === plain(key) || plain(column) === plain(name)
    const element = Object.entries(elements).find(([key, { name }]) => isCalled(key, name.id))?.[0]
    const trait = Object.entries(traits).find(([key, { name }]) => isCalled(key, name.id))
    if (element !== undefined) {
      if (/^[1-4]$/.test(cell)) values[element] = Number(cell)
      else {
        fault(column, `"${cell}" is no value: 1, 2, 3 or 4`)
        faulty.add(element)
      }
    } else if (trait !== undefined) {
      const [key, { answers }] = trait
      const answer = Object.entries(answers).find(
        ([one, words]) => plain(cell) === plain(one) || plain(cell) === plain(words.id),
      )
      if (answer !== undefined) told[key] = answer[0]
      else if (cell !== '') fault(column, `"${cell}" is none of ${Object.keys(answers).join(', ')}`)
    } else if (/^u\d+$/i.test(column))
      fault(column, 'name the element: which one is U8 and which U9 differs from form to form')
    else
      fault(
        column,
        `there is no such column; there are ${[...FIXED, ...Object.keys(elements), ...Object.keys(traits)].join(', ')}`,
      )
  }
  return { values, traits: told, faulty }
}

/** The first bytes of a hash in the form of an id. */
function uuidOf(hash: Buffer): string {
  const hex = hash.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
