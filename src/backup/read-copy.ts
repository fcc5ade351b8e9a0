import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { FILES_LIST, type Manifest } from './manifest.ts'

/** One column of a table of a backup, row by row. For columns whose text needs no unescaping: ids. */
export async function* columnOf(
  folder: string,
  manifest: Pick<Manifest, 'tables'>,
  name: string,
  column: string,
) {
  const table = manifest.tables.find(one => one.name === name)
  const at = table?.columns.indexOf(column) ?? -1
  if (table === undefined || at === -1) return
  const unzipped = createReadStream(join(folder, table.file)).pipe(createGunzip())
  for await (const line of createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY })) {
    const value = line.split('\t')[at]
    if (value !== undefined) yield value
  }
}

export type ListedFile = { id: string; bytes: number; sum: string }

/** The files of a backup as its list names them, in the order of their ids. */
export async function* listedFiles(folder: string): AsyncGenerator<ListedFile> {
  const lines = createInterface({ input: createReadStream(join(folder, FILES_LIST)) })
  for await (const line of lines) {
    const [id = '', bytes = '', sum = ''] = line.split('\t')
    yield { id, bytes: Number(bytes), sum }
  }
}
