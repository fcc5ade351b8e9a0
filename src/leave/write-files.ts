import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeCsvLine } from '../lib/csv.ts'
import type { Queryable } from '../records/db.ts'
import type { FilePlace } from '../records/file-place.ts'
import type { Sealing } from '../records/sealing.ts'
import type { Manifest } from './manifest.ts'
import type { Hidden } from './open-rows.ts'
import { writeLines } from './write-lines.ts'

/** The list of files within the folder. */
export const FILES_LIST = 'files.csv'
/** Its columns. */
export const FILES_COLUMNS = ['id', 'file', 'mime', 'bytes', 'sha256']

const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': '.pdf',
  'audio/ogg': '.ogg',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
}
const ROWS = 200

type Row = {
  id: string
  mime: string
  scan: string | null
  wrapped_key: Buffer
  conversation_id: string | null
  ticket_id: string | null
}

/**
 * Citizens' files, opened, spread over 256 folders; those of hidden chats stay behind. One that cannot be opened is
 * counted, and so is one in which a virus was found: it is opened for nobody, here neither, and its row says so.
 */
export async function writeFiles(
  client: Queryable,
  sealing: Sealing,
  { folder, hidden, places }: { folder: string; hidden: Hidden; places: Pick<FilePlace, 'read'>[] },
): Promise<Manifest['files']> {
  const list = await writeLines(join(folder, FILES_LIST))
  const totals = { count: 0, bytes: 0, missing: 0, infected: 0 }
  try {
    await list.write(writeCsvLine(FILES_COLUMNS))
    for (let after: string | undefined = '00000000-0000-0000-0000-000000000000'; after !== undefined; ) {
      const { rows }: { rows: Row[] } = await client.query<Row>(
        `select id, mime, scan, wrapped_key, conversation_id, ticket_id from files where id > $1 order by id limit ${ROWS}`,
        [after],
      )
      for (const row of rows) {
        if (row.ticket_id === null && hidden.has(row.conversation_id ?? '')) continue
        if (row.scan === 'infected') {
          totals.infected += 1
          continue
        }
        const bytes = await openFile(sealing, places, row)
        if (bytes === undefined) {
          totals.missing += 1
          continue
        }
        const file = `files/${row.id.slice(0, 2)}/${row.id}${ENDINGS[row.mime] ?? ''}`
        await mkdir(dirname(join(folder, file)), { recursive: true, mode: 0o700 })
        await writeFile(join(folder, file), bytes, { mode: 0o600, flag: 'wx', flush: true })
        const sum = createHash('sha256').update(bytes).digest('hex')
        await list.write(writeCsvLine([row.id, file, row.mime, String(bytes.length), sum]))
        totals.count += 1
        totals.bytes += bytes.length
      }
      after = rows.length < ROWS ? undefined : rows.at(-1)?.id
    }
    return { ...totals, list: await list.end() }
  } catch (error) {
    await list.drop()
    throw error
  }
}

async function openFile(
  sealing: Sealing,
  places: Pick<FilePlace, 'read'>[],
  { id, wrapped_key }: Row,
): Promise<Buffer | undefined> {
  for (const place of places) {
    const sealed = await place.read(id)
    if (sealed === undefined) continue
    try {
      return sealing.openBytes(sealing.unwrap(wrapped_key, `files.${id}`), `files.bytes.${id}`, sealed)
    } catch {
      // Damaged, or under a key that is gone: counted with those that are missing.
      return undefined
    }
  }
  return undefined
}
