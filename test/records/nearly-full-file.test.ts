import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openFileStore } from '../../src/records/file-store.ts'
import { roomKeeper, type Space, spaceAt, wordsKeeper } from '../../src/records/free-space.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { json, openHouse } from '../channels/web-fixture.ts'
import { testDatabase } from '../helpers/database.ts'
import { startFakeS3 } from '../helpers/s3/fake-s3.ts'

const { db } = await testDatabase()
const folder = await mkdtemp(join(tmpdir(), 'balai-full-'))
const s3 = await startFakeS3()
afterAll(async () => {
  await s3.stop()
  await rm(folder, { recursive: true, force: true })
})

const GIB = 1024 ** 3
const pdf = Buffer.from('%PDF-1.7\n%%EOF\n')
const parts = { db, sealing: createSealing(makeKeyring()), folder }
const full = async () => ({ free: GIB - 1, total: 10 * GIB })

describe('room for files', () => {
  it.each<[string, Space, boolean]>([
    ['a gigabyte of ten', { free: GIB, total: 10 * GIB }, true],
    ['a byte less', { free: GIB - 1, total: 10 * GIB }, false],
    ['5 % of a terabyte', { free: 51.2 * GIB, total: 1024 * GIB }, true],
    ['4 % of a terabyte', { free: 41 * GIB, total: 1024 * GIB }, false],
    ['nothing', { free: 0, total: GIB }, false],
  ])('%s', async (_, space, has) => {
    expect(await roomKeeper(async () => space)()).toBe(has)
  })

  it('is looked at every ten seconds, not more often', async () => {
    let [now, looks] = [0, 0]
    const hasRoom = roomKeeper(
      async () => ({ free: ++looks > 1 ? 0 : 2 * GIB, total: 10 * GIB }),
      () => now,
    )
    const seen: boolean[] = []
    for (now of [0, 9_999, 10_000, 19_999]) seen.push(await hasRoom())
    expect(seen).toEqual([true, true, false, false])
    expect(looks).toBe(2)
  })

  it('is read from the disk', async () => {
    const { free, total } = await spaceAt(folder)
    expect(free).toBeGreaterThan(0)
    expect(total).toBeGreaterThanOrEqual(free)
  })
})

describe('when the disk is nearly full', () => {
  it('no file is taken, none is begun, and what is there can be read', async () => {
    const before = await openFileStore(parts).put('medan', pdf, 'surat.pdf')
    const names = await readdir(folder)
    const store = openFileStore({ ...parts, space: full })
    expect(await store.put('medan', pdf, 'surat.pdf')).toEqual({ refused: 'no_room' })
    expect(await readdir(folder)).toEqual(names)
    expect(await store.open('id' in before ? before.id : '')).toMatchObject({ bytes: pdf })
  })

  it('a bucket still takes them: they need none of this disk', async () => {
    const store = openFileStore({ ...parts, space: full, bucket: s3 })
    expect(await store.put('medan', pdf, 'surat.pdf')).toMatchObject({ mime: 'application/pdf' })
  })

  it('the citizen is told so in plain words, and words are still taken', async () => {
    const { app, session, received } = await openHouse({ files: openFileStore({ ...parts, space: full }) })
    const body = new FormData()
    for (const [name, value] of Object.entries({ session, id: '1' })) body.set(name, value)
    body.set('file', new File([pdf], 'surat.pdf'))
    const sent = await app.request('/chat/medan/files', { method: 'POST', body })
    expect(sent.status).toBe(503)
    expect(sent.headers.get('Retry-After')).toBeTruthy()
    expect(await sent.json()).toMatchObject({
      error: { code: 'files_full', message: expect.stringContaining('Tulisan tetap kami terima') },
    })
    expect(received).toEqual([])
    const said = await app.request('/chat/medan/messages', json({ session, id: '2', text: 'menu' }))
    expect(said.status).toBe(200)
    expect(received).toHaveLength(1)
  })
})

describe('room for words', () => {
  it('is there until a look says otherwise, and again when one does', async () => {
    let [now, free] = [0, GIB / 4 - 1]
    const hasRoom = wordsKeeper(
      async () => ({ free, total: 10 * GIB }),
      () => now,
    )
    expect(hasRoom()).toBe(true)
    await Promise.resolve()
    expect(hasRoom()).toBe(false)
    free = GIB / 4
    expect(hasRoom()).toBe(false)
    now += 10_000
    hasRoom()
    await Promise.resolve()
    expect(hasRoom()).toBe(true)
  })

  it('is taken to be there when nobody can look', async () => {
    const hasRoom = wordsKeeper(async () => Promise.reject(new Error('EACCES')))
    hasRoom()
    await new Promise(setImmediate)
    expect(hasRoom()).toBe(true)
  })
})
