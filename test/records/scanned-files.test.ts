import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, expect, it } from 'vitest'
import { openFileStore } from '../../src/records/file-store.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { openVirusScan } from '../../src/records/virus-scan.ts'
import { testDatabase } from '../helpers/database.ts'
import { EICAR, pdfWith } from '../helpers/eicar.ts'
import { startFakeClamd } from '../helpers/fake-clamd.ts'

const { db } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'balai-scanned-'))
const clamd = await startFakeClamd()
afterAll(async () => {
  await clamd.stop()
  await rm(folder, { recursive: true, force: true })
})
afterEach(() => {
  clamd.failing = undefined
})

const silent = { counters: { add: () => undefined }, log: { info: () => undefined, warn: () => undefined } }
const parts = { db, sealing: createSealing(makeKeyring()), folder }
const scan = openVirusScan({ address: clamd.address, ...silent })
/** A house with a scanner, and the same house before there was one. */
const store = openFileStore({ ...parts, scan })
const before = openFileStore(parts)

async function kept(bytes: Uint8Array, into = store) {
  const put = await into.put('medan', bytes, 'surat.pdf')
  if ('refused' in put) throw new Error(put.refused)
  return put.id
}
const markOf = async (id: string) =>
  (await db.pool.query('select scan from files where id = $1', [id])).rows[0]?.scan
/** A voice message; what stands in its comments is kept as it came. */
const voice = (inside: string) =>
  Buffer.concat([
    Buffer.from('OggS\0\x02'),
    Buffer.alloc(20),
    Buffer.from(`\x01\x13OpusHead\x01\x01${inside}`),
    Buffer.alloc(64),
  ])

it('is marked with what the scanner said when it came, and handed out only where it found nothing', async () => {
  const [clean, infected] = [await kept(pdfWith('surat')), await kept(pdfWith(EICAR))]
  expect([await markOf(clean), await markOf(infected)]).toEqual(['clean', 'infected'])
  expect(await store.open(clean)).toEqual({ mime: 'application/pdf', bytes: pdfWith('surat') })
  expect(await store.open(infected)).toBe('infected')
  expect(await store.open(await kept(voice(EICAR)))).toBe('infected')
})

it('stays sealed in its place when something was found in it', async () => {
  const id = await kept(pdfWith(EICAR))
  expect(await readdir(folder)).toContain(id)
})

it('is opened for nobody afterwards either: without a scanner, or when one has forgotten what it knew', async () => {
  const id = await kept(pdfWith(EICAR))
  expect(await before.open(id)).toBe('infected')
  const forgetful = openFileStore({ ...parts, scan: async () => 'clean' })
  expect(await forgetful.open(id)).toBe('infected')
  expect(await markOf(id)).toBe('infected')
})

it('is not scanned, never clean, while the scanner is away, and is scanned when somebody opens it', async () => {
  clamd.failing = 'closes'
  const [clean, infected] = [await kept(pdfWith('surat')), await kept(pdfWith(EICAR))]
  expect([await markOf(clean), await markOf(infected)]).toEqual([null, null])
  expect(await store.open(clean)).toMatchObject({ mime: 'application/pdf' })
  expect(await markOf(clean)).toBeNull()
  clamd.failing = undefined
  expect(await store.open(infected)).toBe('infected')
  expect(await store.open(clean)).toMatchObject({ mime: 'application/pdf' })
  expect([await markOf(clean), await markOf(infected)]).toEqual(['clean', 'infected'])
  const asked = clamd.streams.length
  await store.open(clean)
  expect(clamd.streams.length).toBe(asked)
})

it('that came before there was a scanner is scanned when it is opened', async () => {
  const id = await kept(pdfWith(EICAR), before)
  expect(await markOf(id)).toBeNull()
  expect(await before.open(id)).toMatchObject({ mime: 'application/pdf' })
  expect(await store.open(id)).toBe('infected')
})

it('is believed infected when of two scans at the same time one says so', async () => {
  const id = await kept(pdfWith(''), before)
  let others: () => void = () => undefined
  const waits = new Promise<void>(done => {
    others = done
  })
  const slow = openFileStore({ ...parts, scan: () => waits.then(() => 'clean') })
  const first = slow.open(id)
  expect(await openFileStore({ ...parts, scan: async () => 'infected' }).open(id)).toBe('infected')
  others()
  expect(await first).toBe('infected')
  expect(await markOf(id)).toBe('infected')
})

it('is a picture: drawn anew, shown to no scanner, and nothing of what was in it is left', async () => {
  const asked = clamd.streams.length
  const png = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const id = await kept(Buffer.concat([png, Buffer.from(EICAR)]))
  const found = await store.open(id)
  expect(found !== 'infected' && Buffer.from(found?.bytes ?? '').includes(EICAR)).toBe(false)
  expect(await markOf(id)).toBeNull()
  expect(clamd.streams.length).toBe(asked)
  expect(clamd.faults).toEqual([])
})
