import type { Formation, Identified, SelectionKind } from '../records/listings.ts'
import type { ReadRequirement } from '../vacancies/read-education.ts'
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

export const VACANCY_COLUMNS = [
  'kode',
  'seleksi',
  'jabatan',
  'unit_kerja',
  'jenis',
  'formasi',
  'pendidikan',
  'jumlah',
  'usia_min',
  'usia_maks',
  'gaji_min',
  'gaji_maks',
  'lokasi',
  'buka',
  'tutup',
  'zona',
  'cara_daftar',
  ...LISTED_COLUMNS,
]
export const VACANCY_NEEDS = [
  'kode',
  'jabatan',
  'unit_kerja',
  'jenis',
  'pendidikan',
  'jumlah',
  'buka',
  'tutup',
  'cara_daftar',
  'sumber',
  'per_tanggal',
]

export const SELECTION_WORDS: Record<string, SelectionKind> = {
  cpns: 'cpns',
  pppk: 'pppk',
  lainnya: 'other',
  p3k: 'pppk',
}

export const FORMATION_WORDS: Record<string, Formation> = {
  umum: 'general',
  cumlaude: 'honours',
  disabilitas: 'disability',
  diaspora: 'diaspora',
  papua: 'papua',
  kalimantan: 'kalimantan',
  'daerah tertinggal': 'remote',
  khusus: 'special',
}

/** One row of a table of vacancies. */
export function readVacancy(
  row: RowReader,
  requirementOf: (written: string) => ReadRequirement,
): Identified<'vacancy'> {
  const zone = row.zone('zona')
  const vacancy: Identified<'vacancy'> = {
    id: readCode(row),
    round: row.optional('seleksi', 60)?.toLowerCase() ?? null,
    position: row.text('jabatan'),
    unit: row.text('unit_kerja'),
    kind: row.oneOf('jenis', SELECTION_WORDS),
    formation: row.oneOf('formasi', FORMATION_WORDS, 'general'),
    education: readEducationList(row, requirementOf),
    places: row.number('jumlah', 1, 100_000) ?? missing(row, 'jumlah'),
    age_min: row.number('usia_min', 15, 70),
    age_max: row.number('usia_maks', 15, 70),
    pay_min: row.number('gaji_min', 0, 1_000_000_000),
    pay_max: row.number('gaji_maks', 0, 1_000_000_000),
    work_place: row.optional('lokasi', 300),
    opens_at: row.moment('buka', zone),
    closes_at: row.moment('tutup', zone, true),
    zone,
    how_to_apply: row.text('cara_daftar', 1000),
    ...readListed(row),
  }
  checkOrder(row, ['buka', 'tutup'], vacancy.opens_at, vacancy.closes_at)
  checkBounds(row, ['usia_min', 'usia_maks'], vacancy.age_min, vacancy.age_max)
  checkBounds(row, ['gaji_min', 'gaji_maks'], vacancy.pay_min, vacancy.pay_max)
  return vacancy
}

function missing(row: RowReader, column: string): number {
  if (!row.failed(column)) row.fault(column, 'is missing')
  return 1
}

function checkBounds(
  row: RowReader,
  [least, most]: [string, string],
  from: number | null,
  to: number | null,
): void {
  if (from !== null && to !== null && to < from) row.fault(most, `is less than ${least}`)
}

function readEducationList(row: RowReader, requirementOf: (written: string) => ReadRequirement): string[] {
  const asked = row.list('pendidikan')
  if (asked.length === 0 && !row.failed('pendidikan')) row.fault('pendidikan', 'is missing')
  for (const written of asked) {
    const read = requirementOf(written)
    if ('requirement' in read) {
      for (const own of read.own)
        row.warn(
          'pendidikan',
          `"${own}" stands in no list of fields: only those who write it just so will find it`,
        )
    } else if (read.fault === 'no-level')
      row.fault('pendidikan', `"${written}" names no level such as SMA, D-III or S-1`)
    else row.fault('pendidikan', `"${written}": is "${read.meant}" meant? It is written "${read.written}"`)
  }
  return asked
}

/** A vacancy as the cells of its row, by VACANCY_COLUMNS. */
export function vacancyCells(of: Identified<'vacancy'>): string[] {
  const number = (value: number | null) => (value === null ? '' : String(value))
  return [
    of.id,
    of.round ?? '',
    of.position,
    of.unit,
    wordFor(SELECTION_WORDS, of.kind),
    wordFor(FORMATION_WORDS, of.formation),
    of.education.join('\n'),
    number(of.places),
    number(of.age_min),
    number(of.age_max),
    number(of.pay_min),
    number(of.pay_max),
    of.work_place ?? '',
    momentCell(of.zone, of.opens_at),
    momentCell(of.zone, of.closes_at),
    zoneCell(of.zone),
    of.how_to_apply,
    ...listedCells(of),
  ]
}
