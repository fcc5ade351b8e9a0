import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createCsvReader } from '../lib/csv.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Manifest } from './manifest.ts'
import { FILES_LIST } from './write-files.ts'

/** Problems shown of a folder that has many. */
const SHOWN = 20

export type ListedFile = { id: string; file: string; bytes: number; sum: string }

/** Reads every byte of a house's folder and compares it with the manifest. Throws a Refusal that names what is wrong, file by file. */
export async function checkFolder(folder: string, manifest: Manifest): Promise<void> {
  const wrong: string[] = []
  const look = async (file: string, { bytes, sum }: { bytes: number; sum: string }) => {
    const found = await summed(join(folder, file))
    if (found === undefined) wrong.push(`${file} is missing`)
    else if (found.bytes !== bytes || found.sum !== sum) wrong.push(`${file} was changed`)
  }
  for (const table of manifest.tables) await look(table.file, table)
  await look(FILES_LIST, manifest.files.list)
  // What the list says is only worth asking for when the list itself is right.
  if (wrong.length === 0) {
    for await (const file of listedFiles(folder)) {
      await look(file.file, file)
      if (wrong.length >= SHOWN) break
    }
  }
  if (wrong.length === 0) return
  throw new Refusal(
    `${folder} is not as it was written:\n${wrong.map(one => `  - ${one}`).join('\n')}\nNothing was touched. ` +
      'Your move: take it once more from where it was written. What was changed by hand cannot be brought in.',
  )
}

/** The files of citizens, as their list names them. */
export async function* listedFiles(folder: string): AsyncGenerator<ListedFile> {
  const reader = createCsvReader()
  let isHeading = true
  for await (const line of createInterface({ input: createReadStream(join(folder, FILES_LIST)) })) {
    for (const { cells } of reader.push(`${line}\n`)) {
      const [id = '', file = '', , bytes = '', sum = ''] = cells
      if (!isHeading) yield { id, file, bytes: Number(bytes), sum }
      isHeading = false
    }
  }
}

async function summed(path: string): Promise<{ bytes: number; sum: string } | undefined> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return { bytes, sum: hash.digest('hex') }
}
