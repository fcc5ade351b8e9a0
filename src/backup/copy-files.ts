import { createHash } from 'node:crypto'
import { link, mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Queryable } from '../records/db.ts'
import type { FilePlace } from '../records/file-place.ts'
import { FILES_LIST, filePath, type Manifest } from './manifest.ts'
import { type ListedFile, listedFiles } from './read-copy.ts'

export type FilesParts = {
  on: Queryable
  /** Where files lie, the first that has one counts. */
  places: Pick<FilePlace, 'read'>[]
  folder: string
  /** The backup before this one, in the same place. */
  before: string | undefined
  /** Ids in their order. */
  ids: AsyncIterable<string>
}

/**
 * Brings the files of these rows into the backup. One that the backup before has is linked to it: files are never changed, and a
 * day's backup costs the room of that day. A file that is gone with its row was erased meanwhile; gone without it, it is missing,
 * but for one in which a virus was found: where a house left, it stayed behind.
 */
export async function copyFiles({ on, places, folder, before, ids }: FilesParts): Promise<Manifest['files']> {
  const known = before === undefined ? undefined : listedFiles(before)
  let old = await known?.next()
  const totals = { count: 0, bytes: 0, missing: 0 }
  const hash = createHash('sha256')
  let listBytes = 0
  const list = await open(join(folder, FILES_LIST), 'wx', 0o600)
  try {
    for await (const id of ids) {
      while (old?.done === false && old.value.id < id) old = await known?.next()
      const linked =
        old?.done === false && old.value.id === id ? await linkTo(before, folder, old.value) : undefined
      const file = linked ?? (await copyOne(places, folder, id))
      if (file === undefined) {
        const { rowCount } = await on.query(
          `select 1 from files where id = $1 and scan is distinct from 'infected'`,
          [id],
        )
        totals.missing += rowCount ?? 0
        continue
      }
      const line = `${file.id}\t${file.bytes}\t${file.sum}\n`
      await list.write(line)
      hash.update(line)
      listBytes += line.length
      totals.count += 1
      totals.bytes += file.bytes
    }
    await list.sync()
  } finally {
    await list.close()
    await known?.return(undefined)
  }
  return { ...totals, list: { bytes: listBytes, sum: hash.digest('hex') } }
}

/** Other file systems have no links between them, and some have none at all: then it is copied anew. */
async function linkTo(
  before: string | undefined,
  folder: string,
  file: ListedFile,
): Promise<ListedFile | undefined> {
  if (before === undefined) return undefined
  const path = filePath(folder, file.id)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  return link(filePath(before, file.id), path).then(
    () => file,
    () => undefined,
  )
}

async function copyOne(
  places: FilesParts['places'],
  folder: string,
  id: string,
): Promise<ListedFile | undefined> {
  for (const place of places) {
    const bytes = await place.read(id)
    if (bytes === undefined) continue
    const path = filePath(folder, id)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const handle = await open(path, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    return { id, bytes: bytes.length, sum: createHash('sha256').update(bytes).digest('hex') }
  }
  return undefined
}
