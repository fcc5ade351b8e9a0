import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../lib/refusal.ts'
import { FILES_LIST, filePath, type Manifest } from './manifest.ts'
import { listedFiles } from './read-copy.ts'

/** Problems shown of a backup that has many. */
const SHOWN = 20

/**
 * Reads every byte of a backup and compares it with the manifest. Throws a Refusal that names what is wrong, file by file.
 */
export async function checkBackup(folder: string, manifest: Manifest): Promise<void> {
  const wrong: string[] = []
  const look = async (file: string, { bytes, sum }: { bytes: number; sum: string }) => {
    const found = await summed(join(folder, file))
    if (found === undefined) wrong.push(`${file} is missing`)
    else if (found.bytes !== bytes) wrong.push(`${file} has ${found.bytes} bytes instead of ${bytes}`)
    else if (found.sum !== sum) wrong.push(`${file} was changed`)
  }
  for (const table of manifest.tables) await look(table.file, table)
  await look(FILES_LIST, manifest.files.list)
  // What the list says is only worth asking for when the list itself is right.
  if (wrong.length === 0) {
    for await (const file of listedFiles(folder)) {
      await look(filePath('', file.id), file)
      if (wrong.length >= SHOWN) break
    }
  }
  if (wrong.length === 0) return
  throw new Refusal(
    `${folder} is broken:\n${wrong.map(one => `  - ${one}`).join('\n')}\nNothing was touched. Your move: take another backup.`,
  )
}

async function summed(path: string): Promise<{ bytes: number; sum: string } | undefined> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    await pipeline(createReadStream(path), async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        hash.update(chunk)
        bytes += chunk.length
      }
      yield* []
    })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  return { bytes, sum: hash.digest('hex') }
}
