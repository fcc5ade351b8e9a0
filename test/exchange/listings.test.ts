import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeTable } from '../../src/exchange/write-table.ts'
import { lastListingChange, versionsOf } from '../../src/records/listing-changes.ts'
import { testDatabase } from '../helpers/database.ts'
import { HEAD, listingFiles, ROW } from './listing-files.ts'

const { db } = await testDatabase()
const { fileOf, take, faultsOf } = listingFiles(db)

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
    [
      'has a day of no calendar, as computers write it',
      { tutup: '2026-02-30T10:00:00Z' },
      '2 tutup: "2026-02-30T10:00:00Z" is no moment such as',
    ],
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
    expect(await faultsOf('none.csv')).toEqual([expect.stringContaining('There is no file')])
    expect(await faultsOf(fileOf('\n[\n  { "kode": "analis-hukum" }\n]'))).toEqual([
      expect.stringContaining('export it with --format csv'),
    ])
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
