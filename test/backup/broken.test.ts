import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { filePath } from '../../src/backup/manifest.ts'
import { Refusal } from '../../src/lib/refusal.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { emptyDatabase, testDatabase } from '../helpers/database.ts'
import { backupsOf, ownFolder, restoreTo } from './fixture.ts'

const home = await ownFolder()
const source = await testDatabase()
const target = await emptyDatabase()
const keyring = makeKeyring()

const id = '0f1e2d3c-4b5a-4678-8765-a1b2c3d4e5f6'
await mkdir(join(home, 'files'))
await writeFile(join(home, 'files', id), 'sealed bytes')
await source.db.pool.query(
  `insert into files (id, office, mime, size, wrapped_key, stored_at) values ($1, 'medan', 'image/png', 12, '\\x00', now())`,
  [id],
)
const { folder: whole } = await (await backupsOf(home, source, keyring))()

let count = 0
/** A copy of the backup, harmed. */
async function harmed(harm: (folder: string) => Promise<unknown>): Promise<string> {
  count += 1
  const folder = join(home, `harmed-${count}`)
  await cp(whole, folder, { recursive: true })
  await harm(folder)
  return folder
}

/** Changes words of the manifest. */
const edit = (from: string | RegExp, to: string) => async (folder: string) => {
  const file = join(folder, 'manifest.json')
  const text = await readFile(file, 'utf8')
  const changed = text.replace(from, to)
  expect(changed).not.toBe(text)
  await writeFile(file, changed)
}

const table = 'tables/public.house.copy.gz'
const harms: [string, string, (folder: string) => Promise<unknown>][] = [
  ['half of one', 'written last', folder => rm(join(folder, 'manifest.json'))],
  [
    'a manifest cut short',
    'manifest.json is damaged',
    folder => truncate(join(folder, 'manifest.json'), 300),
  ],
  ['a table cut short', `${table} has 9 bytes instead of`, folder => truncate(join(folder, table), 9)],
  ['a table gone', `${table} is missing`, folder => rm(join(folder, table))],
  ['a file gone', `files/0f/${id} is missing`, folder => rm(filePath(folder, id))],
  ['a file changed', `files/0f/${id} was changed`, folder => writeFile(filePath(folder, id), 'sealed bytez')],
  ['the list of files changed', 'files.tsv has', folder => writeFile(join(folder, 'files.tsv'), '')],
  ['rows somebody wrote, with the right sums', 'changed by somebody without the keys', rewritten],
  ['a later format', 'has the format balai-backup/2', edit('balai-backup/1', 'balai-backup/2')],
  ['a later schema', 'unknown to this one', edit(/"hash": "[0-9a-f]{4}/, '"hash": "ffff')],
  [
    'a path out of the folder',
    'manifest.json is damaged',
    edit(`"file": "${table}"`, '"file": "tables/../../x"'),
  ],
]

it.each(harms)('refuses %s, says what is wrong, and touches nothing', async (_, words, harm) => {
  const error = await restoreTo(home, target.address, keyring, await harmed(harm)).catch(
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(Refusal)
  expect(String(error)).toContain(words)
  const { rowCount } = await target.db.pool.query(`select 1 from pg_tables where schemaname = 'public'`)
  expect(rowCount).toBe(0)
})

it('refuses keys of another house, and a database that is not empty', async () => {
  await expect(restoreTo(home, target.address, makeKeyring(), whole)).rejects.toThrow(
    'does not belong to this backup',
  )
  await expect(restoreTo(home, source.address, keyring, whole)).rejects.toThrow('not empty')
})

it('takes the whole one all the same', async () => {
  await restoreTo(home, target.address, keyring, whole)
  expect((await target.db.pool.query('select id from files')).rows).toEqual([{ id }])
})

/** Whoever may write in the folder can reckon sums, but has no keys. */
async function rewritten(folder: string): Promise<void> {
  const bytes = await readFile(join(folder, table))
  const sumOf = (data: Buffer) => createHash('sha256').update(data).digest('hex')
  const other = await readFile(join(folder, 'tables/public.files.copy.gz'))
  await writeFile(join(folder, table), other)
  await edit(sumOf(bytes), sumOf(other))(folder)
}
