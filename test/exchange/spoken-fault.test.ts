import { expect, it } from 'vitest'
import { educationOf } from '../../src/education-file.ts'
import { intakeOf, LISTING_TABLES } from '../../src/exchange/listing-tables.ts'
import { RowReader } from '../../src/exchange/row-reader.ts'
import { spokenFault } from '../../src/exchange/spoken-fault.ts'
import { requirementReader } from '../../src/vacancies/read-education.ts'

const requirementOf = requirementReader(educationOf('flows'))

/** Cells that are wrong in every way there is; each column of each table gets each of them. */
const CELLS = [
  '',
  '=1+1',
  'x\u0001y',
  'y'.repeat(5000),
  'apa saja',
  '-5',
  '99999999999',
  '2026-13-40',
  '2099-01-01',
  'http://contoh.example',
  'S-1 Akuntnsi',
  'S-1 Astronomi',
  'usia: Berapa? [warna]',
  Array.from({ length: 9 }, (_, n) => `n${n}: Berapa? [angka]`).join('\n'),
  'a: Berapa usia? [angka]\na: Berapa umur? [angka]',
]
const ORDERS: Record<string, string>[] = [
  { buka: '2026-12-02', tutup: '2026-12-01', usia_min: '40', usia_maks: '20', gaji_min: '9', gaji_maks: '1' },
  {
    mulai: '2026-12-02',
    selesai: '2026-12-01',
    daftar_sampai: '2027-01-01',
    tempat_tersedia: '5',
    lintang: '3.5',
  },
  { mulai: '2025-12-01', selesai: '2025-12-02', daftar_sampai: '2025-12-01', lintang: '50', bujur: '3' },
]

/** All that is said of these tables. */
function said(): Set<string> {
  const all = new Set<string>()
  const push = ({ what }: { what: string }) => void all.add(what)
  const reading = { zone: 'Asia/Jakarta', today: '2026-11-22', faults: { push }, warnings: { push } }
  for (const table of LISTING_TABLES) {
    const intake = intakeOf(table, requirementOf)
    const rows = [
      ...CELLS.map(cell => new Map(intake.columns.map(column => [column, cell]))),
      ...ORDERS.map(order => new Map(Object.entries({ kode: 'a', seleksi: 'a', urutan: '1', ...order }))),
      new Map(Object.entries({ seleksi: 'a', nama_seleksi: 'Lain', urutan: '2' })),
    ]
    for (const [n, cells] of rows.entries()) intake.take(new RowReader(n + 2, cells, reading))
  }
  return all
}

it('every fault of a cell is told in Indonesian', () => {
  const all = [...said()]
  expect(all.length).toBeGreaterThan(40)
  expect(all.filter(what => spokenFault(what, 'id') === what)).toEqual([])
  expect(spokenFault(all[0] ?? '', 'en')).toBe(all[0])
})

it.each([
  'there is no such column. Did you mean "jabatan"? There are kode, jabatan',
  'there is no such column. There are kode, jabatan',
  'this column is missing',
  'stands there twice',
  'has more cells behind it than the heading has columns',
  'is missing: the file ends within this row, as if cut off',
  'This is JSON, and tables come in as CSV or XLSX. Your move: export it with --format csv.',
  'There is no row below the heading.',
  'There are more than 20000 rows. Your move: fewer days, or npm run export on the server.',
  'The file is empty; its first row names the columns.',
  'It cannot be read as a table: its letters are not UTF-8. Your move: save it as "CSV UTF-8", or as XLSX.',
  'It cannot be read as a table: it is no ZIP archive',
  'There are more than 200000 rows. Your move: several files.',
  'Another table is being imported. Your move: try again in a minute.',
])('so is a file: %s', what => expect(spokenFault(what, 'id')).not.toBe(what))
