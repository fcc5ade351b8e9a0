import type { Identified, StageKind } from '../records/listings.ts'
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
import { SELECTION_WORDS } from './vacancy-row.ts'

/** A row is one stage; what is said of its round stands in each of them alike. */
export const ROUND_COLUMNS = [
  'seleksi',
  'nama_seleksi',
  'jenis',
  'tahun',
  'urutan',
  'tahap',
  'nama_tahap',
  'mulai',
  'selesai',
  'zona',
  'yang_dilakukan',
  ...LISTED_COLUMNS,
]
export const ROUND_NEEDS = [
  'seleksi',
  'nama_seleksi',
  'jenis',
  'tahun',
  'urutan',
  'tahap',
  'mulai',
  'selesai',
  'yang_dilakukan',
  'sumber',
  'per_tanggal',
]

export const STAGE_WORDS: Record<string, StageKind> = {
  pengumuman: 'announcement',
  pendaftaran: 'registration',
  administrasi: 'administration',
  sanggah: 'objection',
  'jawab sanggah': 'objection_answer',
  skd: 'skd',
  skb: 'skb',
  integrasi: 'integration',
  'hasil akhir': 'result',
  'sanggah akhir': 'final_objection',
  drh: 'drh',
  nip: 'nip',
  pengangkatan: 'appointment',
}

/** One row of a table of rounds: a stage, and the round it belongs to. */
export function readStage(row: RowReader): { round: Identified<'round'>; stage: Identified<'stage'> } {
  const zone = row.zone('zona')
  const listed = readListed(row)
  const id = readCode(row, 'seleksi')
  const place = row.number('urutan', 1, 99)
  if (place === null && !row.failed('urutan')) row.fault('urutan', 'is missing')
  const kind = row.oneOf('tahap', STAGE_WORDS)
  const year = row.number('tahun', 2000, 2100)
  if (year === null && !row.failed('tahun')) row.fault('tahun', 'is missing')
  const stage: Identified<'stage'> = {
    id: `${id}-${place}`,
    round: id,
    place: place ?? 1,
    kind,
    name: row.optional('nama_tahap', 200) ?? row.text('tahap'),
    starts_at: row.moment('mulai', zone),
    ends_at: row.moment('selesai', zone, true),
    zone,
    to_do: row.text('yang_dilakukan', 1000),
    ...listed,
  }
  checkOrder(row, ['mulai', 'selesai'], stage.starts_at, stage.ends_at)
  const round: Identified<'round'> = {
    id,
    name: row.text('nama_seleksi'),
    kind: row.oneOf('jenis', SELECTION_WORDS),
    year: year ?? 2000,
    ...listed,
    // A stage that is taken back takes no selection with it, and one that waits for approval does not hide the others.
    withdrawn: null,
  }
  return { round, stage }
}

/** What is said of a round in two of its rows has to be the same; undefined when it is. */
export function differs(one: Identified<'round'>, other: Identified<'round'>): string | undefined {
  if (one.name !== other.name) return 'nama_seleksi'
  if (one.kind !== other.kind) return 'jenis'
  return one.year === other.year ? undefined : 'tahun'
}

/** A stage and its round as the cells of a row, by ROUND_COLUMNS. */
export function stageCells(round: Identified<'round'>, of: Identified<'stage'>): string[] {
  return [
    round.id,
    round.name,
    wordFor(SELECTION_WORDS, round.kind),
    String(round.year),
    String(of.place),
    wordFor(STAGE_WORDS, of.kind),
    of.name,
    momentCell(of.zone, of.starts_at),
    momentCell(of.zone, of.ends_at),
    zoneCell(of.zone),
    of.to_do,
    ...listedCells(of),
  ]
}
