import { describe, expect, it } from 'vitest'
import { LISTING_TABLES, type ListingTable } from '../../src/exchange/listing-tables.ts'
import { listingsTable } from '../../src/exchange/listings-table.ts'
import type { Table } from '../../src/exchange/table.ts'
import { writeTable } from '../../src/exchange/write-table.ts'
import { lastListingChange } from '../../src/records/listing-changes.ts'
import { testDatabase } from '../helpers/database.ts'
import { HEAD, listingFiles, ROW } from './listing-files.ts'

const { db } = await testDatabase()
const { fileOf, take, faultsOf } = listingFiles(db)
const ALWAYS = { from: '0001-01-01', to: '9999-12-31' }

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
