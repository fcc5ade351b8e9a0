import type { AgendaKind, Form, FormField, Identified } from '../records/listings.ts'
import {
  checkOrder,
  LISTED_COLUMNS,
  listedCells,
  momentCell,
  readCode,
  readListed,
  wordFor,
  zoneCell,
} from './listed-columns.ts'
import type { RowReader } from './row-reader.ts'

export const AGENDA_COLUMNS = [
  'kode',
  'jenis',
  'judul',
  'keterangan',
  'tempat',
  'kecamatan',
  'lintang',
  'bujur',
  'mulai',
  'selesai',
  'zona',
  'yang_dibawa',
  'tempat_tersedia',
  'daftar_sampai',
  'formulir',
  ...LISTED_COLUMNS,
]
export const AGENDA_NEEDS = ['kode', 'jenis', 'judul', 'tempat', 'mulai', 'selesai', 'sumber', 'per_tanggal']

export const AGENDA_KIND_WORDS: Record<string, AgendaKind> = {
  'bursa kerja': 'job_fair',
  'job fair': 'job_fair',
  pelatihan: 'training',
  'layanan keliling': 'mobile_service',
  magang: 'internship',
  lokakarya: 'workshop',
  lainnya: 'other',
}

const FIELD_WORDS: Record<string, FormField['kind']> = { teks: 'text', angka: 'number', telepon: 'phone' }

/** One row of a table of agenda items. */
export function readAgendaItem(row: RowReader): Identified<'agenda'> {
  const zone = row.zone('zona')
  const item: Identified<'agenda'> = {
    id: readCode(row),
    kind: row.oneOf('jenis', AGENDA_KIND_WORDS),
    title: row.text('judul'),
    about: row.optional('keterangan', 1000),
    venue: row.text('tempat'),
    district: row.optional('kecamatan', 100),
    latitude: readDegrees(row, 'lintang', 12),
    longitude: readDegrees(row, 'bujur', 142),
    starts_at: row.moment('mulai', zone),
    ends_at: row.moment('selesai', zone, true),
    zone,
    bring: row.list('yang_dibawa'),
    places: row.number('tempat_tersedia', 1, 100_000),
    register_until: row.optionalMoment('daftar_sampai', zone, true),
    form: readForm(row),
    ...readListed(row),
  }
  checkOrder(row, ['mulai', 'selesai'], item.starts_at, item.ends_at)
  if ((item.latitude === null) !== (item.longitude === null) && !row.failed())
    row.fault('bujur', 'a position has both lintang and bujur, or neither')
  if (item.places === null && (item.form !== null || item.register_until !== null))
    row.fault('tempat_tersedia', 'is missing: without it nobody can register')
  if (item.register_until !== null && item.register_until > item.ends_at)
    row.fault('daftar_sampai', 'is behind selesai')
  return item
}

/** Indonesia lies between 12 degrees south and north, and 94 and 142 east: anything else is a slip, mostly the two exchanged. */
function readDegrees(row: RowReader, column: string, most: number): number | null {
  const text = row.optional(column)
  if (text === null) return null
  const degrees = Number(text.replace(',', '.'))
  const least = most > 90 ? 94 : -most
  if (Number.isFinite(degrees) && degrees >= least && degrees <= most) return degrees
  row.fault(column, `"${text}" should be degrees from ${least} to ${most}, such as 5.1801`)
  return null
}

const FIELD = /^([a-z][a-z0-9_]{0,29}) ?: ?(.{3,200}?)(?: ?\[(\w+)\])?$/

/** One question a line: `usia: Berapa usia Bapak/Ibu? [angka]`. */
function readForm(row: RowReader): Form | null {
  const lines = row.list('formulir')
  if (lines.length === 0) return null
  if (lines.length > 8) row.fault('formulir', 'asks more than 8 questions')
  const form = lines.flatMap(line => {
    const [, name, ask, kind = 'teks'] = FIELD.exec(line.replace(/\s+/g, ' ')) ?? []
    const known = FIELD_WORDS[kind.toLowerCase()]
    if (name !== undefined && ask !== undefined && known !== undefined) return [{ name, ask, kind: known }]
    row.fault('formulir', `"${line}" should be such as: usia: Berapa usia Bapak/Ibu? [angka]`)
    return []
  })
  const names = form.map(({ name }) => name)
  if (new Set(names).size < names.length) row.fault('formulir', 'has two questions of one name')
  return form
}

/** An agenda item as the cells of its row, by AGENDA_COLUMNS. */
export function agendaCells(of: Identified<'agenda'>): string[] {
  const form = of.form?.map(({ name, ask, kind }) => `${name}: ${ask} [${wordFor(FIELD_WORDS, kind)}]`)
  return [
    of.id,
    wordFor(AGENDA_KIND_WORDS, of.kind),
    of.title,
    of.about ?? '',
    of.venue,
    of.district ?? '',
    of.latitude === null ? '' : String(of.latitude),
    of.longitude === null ? '' : String(of.longitude),
    momentCell(of.zone, of.starts_at),
    momentCell(of.zone, of.ends_at),
    zoneCell(of.zone),
    of.bring.join('\n'),
    of.places === null ? '' : String(of.places),
    momentCell(of.zone, of.register_until),
    form?.join('\n') ?? '',
    ...listedCells(of),
  ]
}
