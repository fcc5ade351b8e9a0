import { localTime } from '../lib/local-time.ts'
import type { Contents, ListingKind } from '../records/listings.ts'
import { ZONES } from './read-moment.ts'
import type { RowReader } from './row-reader.ts'

/** What every listing says of itself, whatever it is. */
type Listed = Pick<Contents[ListingKind], 'source' | 'as_of' | 'link' | 'approved_by' | 'withdrawn'>

/** Columns at the end of every table of listings. */
export const LISTED_COLUMNS = ['tautan', 'sumber', 'per_tanggal', 'disetujui_oleh', 'dicabut'] as const

/** An id that a table gives: what stands in links and in the citizen's answers. */
export function readCode(row: RowReader, column = 'kode'): string {
  const code = row.text(column, 60).toLowerCase()
  if (code !== '' && !/^[a-z0-9][a-z0-9._-]*$/.test(code))
    row.fault(column, `"${code}" should be of letters, digits, dots and dashes`)
  return code
}

export function readListed(row: RowReader): Listed {
  return {
    link: row.link('tautan'),
    source: row.text('sumber'),
    as_of: row.past('per_tanggal'),
    approved_by: row.optional('disetujui_oleh', 100),
    withdrawn: row.optional('dicabut', 300),
  }
}

export function listedCells({ link, source, as_of, approved_by, withdrawn }: Listed): string[] {
  return [link ?? '', source, as_of, approved_by ?? '', withdrawn ?? '']
}

/** A moment as the walls of its zone show it: 2026-12-10 23:59. */
export function momentCell(zone: string, at: string | null): string {
  return at === null ? '' : localTime(zone, new Date(at)).slice(0, 16).replace('T', ' ')
}

export function zoneCell(zone: string): string {
  return Object.entries(ZONES).find(([, name]) => name === zone)?.[0] ?? zone
}

/** What each word of a table stands for, turned around: the first word of each value. */
export function wordFor<Value extends string>(words: Record<string, Value>, value: Value): string {
  return Object.entries(words).find(([, one]) => one === value)?.[0] ?? value
}

/** What ends before it begins, or has ended already: the first cannot be, the second may be meant. */
export function checkOrder(
  row: RowReader,
  [start, end]: [column: string, column: string],
  starts: string,
  ends: string,
): void {
  if (row.failed(start) || row.failed(end)) return
  if (ends <= starts) row.fault(end, `is not behind ${start}`)
  else if (ends.slice(0, 10) < row.today) row.warn(end, 'has passed: it is kept and not shown as open')
}
