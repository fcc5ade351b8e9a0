import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { educationOf } from '../../src/education-file.ts'
import { FaultyTable } from '../../src/exchange/faulty-table.ts'
import { importListings } from '../../src/exchange/import-listings.ts'
import { LISTING_TABLES, type ListingTable } from '../../src/exchange/listing-tables.ts'
import { listingsTable } from '../../src/exchange/listings-table.ts'
import type { Table } from '../../src/exchange/table.ts'
import { writeTable } from '../../src/exchange/write-table.ts'
import { lastListingChange, versionsOf } from '../../src/records/listing-changes.ts'
import { requirementReader } from '../../src/vacancies/read-education.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'balai-listings-'))
const requirementOf = requirementReader(educationOf('flows'))
const ALWAYS = { from: '0001-01-01', to: '9999-12-31' }
const NOW = new Date('2026-11-22T02:00:00Z')

let count = 0
function fileOf(content: string | Buffer, ending = 'csv'): string {
  count += 1
  const file = join(folder, `${count}.${ending}`)
  writeFileSync(file, content)
  return file
}

function take(file: string, { table = 'vacancies', office = 'medan', at = NOW } = {}) {
  return importListings(
    {
      db,
      office: { id: office, zone: 'Asia/Jakarta' },
      requirementOf,
      at,
      by: 'import',
      progress: () => undefined,
    },
    table as ListingTable,
    file,
  )
}

/** What is wrong with a file, note by note; empty when it was taken in. */
async function faultsOf(file: string, table: ListingTable = 'vacancies'): Promise<string[]> {
  try {
    await take(file, { table, office: 'faulty' })
    return []
  } catch (error) {
    if (error instanceof FaultyTable)
      return error.notes.map(({ row, column, what }) => `${row} ${column}: ${what}`)
    return [error instanceof Error ? error.message : String(error)]
  }
}

const HEAD =
  'kode,jabatan,unit_kerja,jenis,pendidikan,jumlah,usia_maks,buka,tutup,cara_daftar,sumber,per_tanggal'
const ROW: Record<string, string> = {
  kode: 'a-1',
  jabatan: 'Analis Hukum (contoh)',
  unit_kerja: 'Bagian Hukum',
  jenis: 'CPNS',
  pendidikan: 'S-1 Hukum',
  jumlah: '2',
  usia_maks: '35',
  buka: '2026-11-10',
  tutup: '10 Desember 2026 pukul 23.59',
  cara_daftar: 'Lewat sscasn.bkn.go.id',
  sumber: 'Pengumuman contoh',
  per_tanggal: '20/11/2026',
}
const row = (more: Record<string, string> = {}) =>
  HEAD.split(',')
    .map(name => `"${({ ...ROW, ...more }[name] ?? '').replaceAll('"', '""')}"`)
    .join(',')
const csv = (...rows: Record<string, string>[]) => `${[HEAD, ...rows.map(row)].join('\n')}\n`

describe('a table of vacancies', () => {
  it('is taken in with its moments on the walls of the office, or of the zone a row names', async () => {
    await take(
      fileOf(
        csv(
          { kode: 'wib' },
          { kode: 'wita', tutup: '10/12/2026 23.59 WITA' },
          { kode: 'hari', tutup: '2026-12-10' },
        ),
      ),
    )
    const closes = async (id: string) =>
      (await versionsOf(db.pool, 'medan', 'vacancy', id))[0]?.content.closes_at
    expect(await closes('wib')).toBe('2026-12-10T16:59:00.000Z')
    expect(await closes('wita')).toBe('2026-12-10T15:59:00.000Z')
    expect(await closes('hari')).toBe('2026-12-10T16:59:00.000Z')
  })

  it('changes nothing the second time, and only what differs the third', async () => {
    const file = fileOf(csv({ kode: 'x-1' }, { kode: 'x-2' }))
    expect(await take(file)).toMatchObject({ read: 2, changed: 2 })
    const number = await lastListingChange(db.pool)
    expect(await take(file)).toMatchObject({ read: 2, changed: 0 })
    expect(await lastListingChange(db.pool)).toBe(number)
    expect(await take(fileOf(csv({ kode: 'x-1' }, { kode: 'x-2', jumlah: '3' })))).toMatchObject({
      changed: 1,
    })
    expect((await versionsOf(db.pool, 'medan', 'vacancy', 'x-2')).at(-1)?.changed).toEqual(['places'])
  })

  it('with one bad row among many is not taken in at all', async () => {
    const many = Array.from({ length: 1200 }, (_, n) => ({
      kode: `m-${n}`,
      ...(n === 1150 ? { jumlah: 'dua' } : {}),
    }))
    expect(await faultsOf(fileOf(csv(...many)))).toEqual([
      '1152 jumlah: "dua" should be a whole number from 1 to 100000',
    ])
    expect(await versionsOf(db.pool, 'faulty', 'vacancy', 'm-1')).toEqual([])
  })

  it.each<[string, Record<string, string>, string]>([
    ['closes before it opens', { buka: '2026-12-11' }, '2 tutup: is not behind buka'],
    ['has a day of no calendar', { tutup: '31/2/2026' }, '2 tutup: "31/2/2026" is no moment such as'],
    ['has a year of two digits', { per_tanggal: '20-11-26' }, '2 per_tanggal: "20-11-26" is no day'],
    ['was read tomorrow', { per_tanggal: '2026-11-23' }, '2 per_tanggal: 2026-11-23 has not come yet'],
    ['names no level', { pendidikan: 'Hukum' }, '2 pendidikan: "Hukum" names no level such as SMA'],
    [
      'misspells a field',
      { pendidikan: 'S-1 Akuntnsi' },
      '2 pendidikan: "S-1 Akuntnsi": is "Akuntansi" meant?',
    ],
    [
      'has a formula',
      { jabatan: '=HYPERLINK("http://x","y")' },
      '2 jabatan: is a formula; write what it comes to',
    ],
    ['has another formula', { unit_kerja: '+cmd|calc!A0' }, '2 unit_kerja: is a formula'],
    ['has no code', { kode: '' }, '2 kode: is missing'],
    ['has a code of other letters', { kode: 'a/b' }, '2 kode: "a/b" should be of letters, digits'],
    ['is of no kind', { jenis: 'honorer' }, '2 jenis: "honorer" is none of cpns, pppk, lainnya'],
    ['has nobody', { jumlah: '0' }, '2 jumlah: "0" should be a whole number from 1'],
    ['asks for the unborn', { usia_maks: '3' }, '2 usia_maks: "3" should be a whole number from 15 to 70'],
    ['has letters nobody sees', { jabatan: 'Analis\u0000' }, '2 jabatan: has letters that nobody can see'],
    [
      'has no end of letters',
      { cara_daftar: 'x'.repeat(1001) },
      '2 cara_daftar: has 1001 letters; 1000 at most',
    ],
  ])('that %s is refused', async (_, more, expected) => {
    const [first, ...others] = await faultsOf(fileOf(csv(more)))
    expect(first).toContain(expected)
    expect(others).toEqual([])
  })

  it('tells the row where a code stands already', async () => {
    expect(await faultsOf(fileOf(csv({}, { kode: 'b' }, {})))).toEqual([
      '4 kode: "a-1" stands in row 2 already',
    ])
  })

  it('takes what has passed, and says so', async () => {
    const { warnings, changed } = await take(
      fileOf(csv({ kode: 'old', buka: '2025-01-01', tutup: '2025-02-01' })),
    )
    expect(changed).toBe(1)
    expect(warnings.first).toEqual([
      { row: 2, column: 'tutup', what: 'has passed: it is kept and not shown as open' },
    ])
  })

  it('takes a field nobody has listed, and says who will find it', async () => {
    const { warnings } = await take(fileOf(csv({ kode: 'new', pendidikan: 'S-1 Astronomi' })))
    expect(warnings.first[0]?.what).toContain('"astronomi" stands in no list of fields')
  })

  it('with wrong columns is told of the columns alone', async () => {
    const wrong = csv({}).replace('jabatan', 'jabtan')
    expect(await faultsOf(fileOf(wrong))).toEqual([
      expect.stringContaining('1 jabtan: there is no such column. Did you mean "jabatan"?'),
      '1 jabatan: this column is missing',
    ])
  })

  it('of half a file, no file, or nothing is refused', async () => {
    const half = csv({}, { kode: 'b' }).slice(0, -60)
    expect((await faultsOf(fileOf(half)))[0]).toContain('a quote is opened and never closed')
    const unquoted = csv({}, { kode: 'b' }).replaceAll('"', '')
    expect((await faultsOf(fileOf(unquoted.slice(0, -40)))).at(-1)).toContain('as if cut off')
    expect(await faultsOf(fileOf(''))).toEqual(['The file is empty; its first row names the columns.'])
    expect(await faultsOf(fileOf(`${HEAD}\n`))).toEqual(['There is no row below the heading.'])
    expect(await faultsOf(join(folder, 'none.csv'))).toEqual([expect.stringContaining('There is no file')])
    expect(await faultsOf(fileOf(Buffer.from('kode,jabatan\na,Caf\xe9\n', 'latin1')))).toEqual([
      expect.stringContaining('not UTF-8'),
    ])
    const table = await writeTable({ columns: HEAD.split(','), rows: [HEAD.split(',')] }, 'xlsx')
    expect((await faultsOf(fileOf(table.subarray(0, table.length / 2), 'xlsx')))[0]).toContain('ZIP archive')
  })

  it('is refused while another one is being taken in', async () => {
    const client = await db.pool.connect()
    try {
      await client.query('begin')
      await client.query('select pg_advisory_xact_lock(724006)')
      expect(await faultsOf(fileOf(csv({})))).toEqual([
        expect.stringContaining('Another table is being imported'),
      ])
    } finally {
      await client.query('rollback')
      client.release()
    }
  })
})

const SAMPLES: Record<ListingTable, Table> = {
  vacancies: {
    columns: [
      ...HEAD.split(','),
      'gaji_min',
      'gaji_maks',
      'lokasi',
      'formasi',
      'zona',
      'tautan',
      'disetujui_oleh',
    ],
    rows: [
      [
        ...HEAD.split(',').map(name => ROW[name] ?? ''),
        'Rp3.000.000',
        '4500000',
        '- Kantor',
        'Disabilitas',
        'WIT',
        'https://sscasn.bkn.go.id',
        'Petugas Contoh',
      ],
    ],
  },
  agenda: {
    columns: [
      'kode',
      'jenis',
      'judul',
      'tempat',
      'kecamatan',
      'lintang',
      'bujur',
      'mulai',
      'selesai',
      'yang_dibawa',
      'tempat_tersedia',
      'daftar_sampai',
      'formulir',
      'sumber',
      'per_tanggal',
    ],
    rows: [
      [
        'k-1',
        'Layanan Keliling',
        'Layanan (contoh)',
        'Lapangan (contoh)',
        'Banda Sakti',
        '5,1801',
        '97.1507',
        '2026-12-01 09:00',
        '2026-12-01 12:00',
        'KTP\nKK',
        '',
        '',
        '',
        'contoh',
        '2026-11-20',
      ],
      [
        'p-1',
        'pelatihan',
        'Pelatihan (contoh)',
        'Aula',
        '',
        '',
        '',
        '2 Desember 2026 jam 09.00',
        '02/12/2026 15.00',
        '',
        '20',
        '2026-12-01',
        'nama: Nama lengkap?\nusia: Berapa usia? [angka]',
        'contoh',
        '2026-11-20',
      ],
    ],
  },
  rounds: {
    columns: [
      'seleksi',
      'nama_seleksi',
      'jenis',
      'tahun',
      'urutan',
      'tahap',
      'nama_tahap',
      'mulai',
      'selesai',
      'yang_dilakukan',
      'sumber',
      'per_tanggal',
    ],
    rows: [
      [
        'c-26',
        'Seleksi (contoh)',
        'CPNS',
        '2026',
        '1',
        'Pendaftaran',
        '',
        '2026-11-10',
        '2026-12-10',
        'Daftar sendiri.',
        'contoh',
        '2026-11-20',
      ],
      [
        'c-26',
        'Seleksi (contoh)',
        'CPNS',
        '2026',
        '2',
        'sanggah',
        'Masa sanggah',
        '2026-12-20',
        '2026-12-22',
        'Periksa hasil.',
        'contoh',
        '2026-11-20',
      ],
    ],
  },
}

describe.each(LISTING_TABLES)('a table of %s', table => {
  it.each(['csv', 'xlsx'] as const)('that was taken out as %s and in again changes nothing', async format => {
    const office = `round-${format}`
    await take(fileOf(await writeTable(SAMPLES[table], format), format), { table, office })
    const number = await lastListingChange(db.pool)
    const out = await listingsTable(db, { id: office, zone: 'Asia/Jakarta' }, table, ALWAYS)
    expect(out.rows).toHaveLength(SAMPLES[table].rows.length)
    const again = await take(fileOf(await writeTable(out, format), format), {
      table,
      office,
      at: new Date('2028-01-01'),
    })
    expect(again).toMatchObject({ read: out.rows.length, changed: 0 })
    expect(await lastListingChange(db.pool)).toBe(number)
  })
})

describe('a table of agenda items', () => {
  const faults = (more: Record<string, string>) => {
    const { columns, rows } = SAMPLES.agenda
    const [first = []] = rows
    const changed = columns.map((name, n) => more[name] ?? first[n] ?? '')
    return writeTable({ columns, rows: [changed] }, 'csv').then(file => faultsOf(fileOf(file), 'agenda'))
  }

  it.each<[string, Record<string, string>, string]>([
    [
      'latitude and longitude exchanged',
      { lintang: '97.1507', bujur: '5.1801' },
      '2 lintang: "97.1507" should be degrees',
    ],
    ['half a position', { bujur: '' }, '2 bujur: a position has both'],
    ['a form and no places', { formulir: 'nama: Nama?' }, '2 tempat_tersedia: is missing'],
    [
      'a form nobody can read',
      { tempat_tersedia: '5', formulir: 'Nama?' },
      '2 formulir: "Nama?" should be such as',
    ],
    ['an end before its beginning', { selesai: '2026-12-01 08:00' }, '2 selesai: is not behind mulai'],
    [
      'registration until it is over',
      { tempat_tersedia: '5', daftar_sampai: '2026-12-03' },
      '2 daftar_sampai: is behind selesai',
    ],
  ])('with %s is refused', async (_, more, expected) => {
    expect((await faults(more))[0]).toContain(expected)
  })
})

it('two rows that call one selection by two names are refused', async () => {
  const { columns, rows } = SAMPLES.rounds
  const other = rows.map((cells, n) => (n === 1 ? cells.with(1, 'Lain (contoh)') : cells))
  const file = fileOf(await writeTable({ columns, rows: other }, 'csv'))
  expect(await faultsOf(file, 'rounds')).toEqual(['3 nama_seleksi: is not as in the rows of "c-26" above'])
})

it('whatever stands in a table, it is taken in or refused, and never breaks', async () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(...Object.values(ROW), '-', '=1', '9'.repeat(40)),
  )
  const names = fc.constantFrom(...HEAD.split(','), 'tautan', 'x')
  await fc.assert(
    fc.asyncProperty(
      fc.array(names, { maxLength: 14 }),
      fc.array(fc.array(cell, { maxLength: 14 }), { maxLength: 3 }),
      async (columns, rows) => {
        const faults = await faultsOf(fileOf(await writeTable({ columns, rows }, 'csv')))
        expect(faults.length).toBeGreaterThan(0)
      },
    ),
    { numRuns: 60 },
  )
})
