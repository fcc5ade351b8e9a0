import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { decideRestored, heldAfterRestore, restoredFact } from '../../src/backup/restored.ts'
import { openFileStore } from '../../src/records/file-store.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { emptyDatabase, testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, testLine } from '../helpers/line.ts'
import { opened } from '../helpers/opened.ts'
import { backupsOf, ownFolder, restoreTo } from './fixture.ts'

const home = await ownFolder()
const source = await testDatabase()
const target = await emptyDatabase()
const keyring = makeKeyring()
const backup = await backupsOf(home, source, keyring)

const picture = Buffer.from('%PDF-1.4\n%contoh\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')
const store = (db: typeof source.db, folder: string, found?: 'infected') =>
  openFileStore({
    db,
    sealing: createSealing(keyring),
    folder,
    scan: async () => found,
    space: async () => ({ free: 2 ** 40, total: 2 ** 40 }),
  })

it('brings back what was filed, files, numbers and the repeat that falls away, and holds what waited', async () => {
  const line = await testLine(source.db, keyring)
  const code = codeIn(await fileComplaint(line, 'ani'))
  const file = await store(source.db, join(home, 'files')).put('lhokseumawe', picture, 'surat.pdf')
  if ('refused' in file) throw new Error(file.refused)
  const bad = await store(source.db, join(home, 'files'), 'infected').put('lhokseumawe', picture, 'b.pdf')
  if ('refused' in bad) throw new Error(bad.refused)
  // Two replies that cannot leave, and a notice to a desk that nobody has taken.
  line.citizens.before = () => new Promise(() => undefined)
  await line.say('budi', 'halo', { externalId: 'of-the-last-hour' })
  await source.db.pool.query(
    `insert into inbox (office, channel, message_hash, status, sealed, due_at, received_at)
     values ('lhokseumawe', 'web', '\\x01', 'pending', '\\x02', now() + interval '1 day', now())`,
  )

  const { folder, manifest } = await backup()
  expect(await readdir(join(home, 'backups'))).toEqual([folder.split('/').at(-1)])
  await restoreTo(home, target.address, keyring, folder)

  const rows = async (db: typeof source.db, table: string) =>
    (await db.pool.query(`select * from ${table} order by 1`)).rows
  for (const table of [
    'tickets',
    'ticket_events',
    'ticket_clocks',
    'conversations',
    'flow_versions',
    'files',
  ])
    expect(await rows(target.db, table), table).toEqual(await rows(source.db, table))
  expect(manifest.tables.find(({ name }) => name === 'public.tickets')?.rows).toBe(1)
  expect((await opened(store(target.db, join(home, 'restored')), file.id))?.bytes).toEqual(picture)

  expect(await readdir(join(home, 'restored'))).toContain(bad.id)
  expect(await store(target.db, join(home, 'restored')).open(bad.id)).toBe('infected')

  const held = await heldAfterRestore(target.db.pool)
  expect(held.words).toMatchObject([{ office: 'lhokseumawe', channel: 'telegram', uncertain: 1 }])
  expect(held.taken).toBe(1)
  expect(await restoredFact(target.db.pool)).toEqual({
    madeAt: manifest.madeAt,
    restoredAt: '2026-11-24T02:00:00.000Z',
  })

  const again = await testLine(target.db, keyring)
  expect(await again.say('budi', 'halo', { externalId: 'of-the-last-hour' })).toEqual({ repeat: true })
  // New words get an answer: numbers go on behind those that were restored.
  await again.say('ani', `status ${code}`)
  await expect.poll(() => again.heard('ani').join()).toContain(code)
  expect(again.heard('budi')).toEqual([])

  const count = held.words.reduce((sum, one) => sum + one.count, 0)
  await target.db.pool.query(`delete from inbox where message_hash = '\\x01'`)
  expect(await decideRestored(target.db, 'release')).toBe(count)
  again.delivery.wake()
  await expect.poll(() => again.heard('budi').length).toBe(count)
  expect(await restoredFact(target.db.pool)).toBeUndefined()
})

it('links what the backup before has, so that a day costs the room of that day', async () => {
  const { folder, manifest } = await backup()
  const [before = ''] = await readdir(join(home, 'backups'))
  const inodes = await Promise.all([join(home, 'backups', before), folder].map(inodeOfFirstFile))
  expect(inodes[0]).toBe(inodes[1])
  expect(manifest.files).toMatchObject({ count: 2, missing: 0 })
})

it('counts a file that has a row and is gone from its place', async () => {
  await source.db.pool.query(
    `insert into files (id, office, mime, size, wrapped_key, stored_at) values (gen_random_uuid(), 'medan', 'image/png', 1, '\\x00', now())`,
  )
  expect((await backup()).manifest.files).toMatchObject({ count: 2, missing: 1 })
})

async function inodeOfFirstFile(folder: string): Promise<number> {
  const names = await readdir(join(folder, 'files'), { recursive: true, withFileTypes: true })
  const [file] = names.filter(one => one.isFile()).sort((one, other) => one.name.localeCompare(other.name))
  return (await stat(join(file?.parentPath ?? '', file?.name ?? ''))).ino
}
