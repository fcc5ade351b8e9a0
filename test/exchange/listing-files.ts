import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { educationOf } from '../../src/education-file.ts'
import { FaultyTable } from '../../src/exchange/faulty-table.ts'
import { importListings } from '../../src/exchange/import-listings.ts'
import type { ListingTable } from '../../src/exchange/listing-tables.ts'
import type { Db } from '../../src/records/db.ts'
import { requirementReader } from '../../src/vacancies/read-education.ts'

const requirementOf = requirementReader(educationOf('flows'))

/** The columns of a table of vacancies, and one row that has nothing wrong. */
export const HEAD =
  'kode,jabatan,unit_kerja,jenis,pendidikan,jumlah,usia_maks,buka,tutup,cara_daftar,sumber,per_tanggal'
export const ROW: Record<string, string> = {
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

/** Files of listings for a test file: written, taken in, and asked what is wrong with them. */
export function listingFiles(db: Db) {
  const folder = mkdtempSync(join(tmpdir(), 'balai-listings-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  let count = 0
  function fileOf(content: string | Buffer, ending = 'csv'): string {
    count += 1
    const file = join(folder, `${count}.${ending}`)
    writeFileSync(file, content)
    return file
  }

  function take(
    file: string,
    { table = 'vacancies', office = 'medan', at = new Date('2026-11-22T02:00:00Z') } = {},
  ) {
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

  return { fileOf, take, faultsOf }
}
