import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Manifest } from './manifest.ts'
import { quoted, type Table } from './tables.ts'

/** What was written to one file of a backup. */
export type Written = { bytes: number; sum: string }

/** Level 1: sealed bytes in hex shrink to half at any level, and level 6 takes four times the time. */
const LEVEL = 1

/** Writes one table into the backup, row by row, as it stands in the transaction of this client. */
export async function copyOut(
  client: pg.Client,
  { name, columns }: Table,
  folder: string,
): Promise<Manifest['tables'][number]> {
  const listed = columns.map(quoted).join(', ')
  // In the order of their ids, so that the list of one backup can be read beside that of the next.
  const rows =
    name === 'public.files'
      ? `(select ${listed} from public.files order by id)`
      : `${quoted(name)} (${listed})`
  const stream = client.query(copyTo(`copy ${rows} to stdout`))
  const file = `tables/${name}.copy.gz`
  const written = await writeSummed(stream, join(folder, file))
  // How many rows it were is told behind the last of them: only what is asked next is sure to come later.
  await client.query('select 1')
  return { name, file, columns, rows: stream.rowCount, ...written }
}

/** Writes a stream gzipped, synced to the disk. */
async function writeSummed(source: Readable, file: string): Promise<Written> {
  const hash = createHash('sha256')
  let bytes = 0
  const gzip = createGzip({ level: LEVEL })
  gzip.on('data', (chunk: Buffer) => {
    hash.update(chunk)
    bytes += chunk.length
  })
  await pipeline(source, gzip, createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }))
  return { bytes, sum: hash.digest('hex') }
}
