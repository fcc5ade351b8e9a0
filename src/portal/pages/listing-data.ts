import type { Context } from 'hono'
import { AGENDA_COLUMNS, agendaCells } from '../../exchange/agenda-row.ts'
import type { Table } from '../../exchange/table.ts'
import { VACANCY_COLUMNS, vacancyCells } from '../../exchange/vacancy-row.ts'
import type { House } from '../../offices/house.ts'
import { listingsOf } from '../../records/listings-of.ts'
import { isShown } from '../../vacancies/shown.ts'
import { openData } from '../look/open-data.ts'
import type { PublicDoor } from './public-door.ts'

type Kind = 'vacancies' | 'agenda'

/** Whoever asks within a minute gets the same: fifty thousand rows are a second of work. */
const KEPT_MS = 60_000
/** Who of the office agreed to a listing is its own affair; what was taken back is not here at all. */
const INSIDE = ['disetujui_oleh', 'dicabut']

/**
 * `GET /:office/data/{vacancies,agenda}.{json,csv}`: what is shown of vacancies and the agenda and has not ended, for other programs, in
 * the columns that an import takes. JSON: `{office, KIND: [{column: text}]}`; what is not known is ''.
 */
export function listingData(door: PublicDoor): (c: Context, house: House, kind: Kind) => Promise<Response> {
  const kept = new Map<string, { until: number; table: Promise<Table> }>()

  function tableNow(office: string, kind: Kind): Promise<Table> {
    const [name, now] = [`${office}/${kind}`, door.now().getTime()]
    const known = kept.get(name)
    if (known !== undefined && known.until > now) return known.table
    const table = tableOf(door, office, kind)
    kept.set(name, { until: now + KEPT_MS, table })
    // What failed is asked for anew.
    table.catch(() => kept.delete(name))
    return table
  }

  return async (c, house, kind) => {
    const table = await tableNow(house.office.id, kind)
    const asRecord = (row: readonly string[]) =>
      Object.fromEntries(table.columns.map((column, n) => [column, row[n] ?? '']))
    return openData(c, {
      json: () => ({ office: house.office.id, [kind]: table.rows.map(asRecord) }),
      table: () => table,
      seconds: 600,
    })
  }
}

async function tableOf({ reads, room, now }: PublicDoor, office: string, kind: Kind): Promise<Table> {
  const { examples } = room.vacancies
  const at = now().getTime()
  if (kind === 'vacancies') {
    const all = await listingsOf(reads, office, 'vacancy')
    const open = all.filter(one => isShown(one, examples) && Date.parse(one.closes_at) > at)
    return outside({ columns: [...VACANCY_COLUMNS], rows: open.map(vacancyCells) })
  }
  const all = await listingsOf(reads, office, 'agenda')
  const coming = all.filter(one => isShown(one, examples) && Date.parse(one.ends_at) > at)
  return outside({ columns: [...AGENDA_COLUMNS], rows: coming.map(agendaCells) })
}

function outside({ columns, rows }: Table): Table {
  const told = columns.flatMap((column, n) => (INSIDE.includes(column) ? [] : [n]))
  return { columns: told.map(n => columns[n] ?? ''), rows: rows.map(row => told.map(n => row[n] ?? '')) }
}
