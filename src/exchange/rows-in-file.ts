import { createReadStream, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createCsvReader } from '../lib/csv.ts'
import { Refusal } from '../lib/refusal.ts'
import { xlsxRows } from './xlsx-rows.ts'

/** A row as it stands in the file. `cut`: nothing stands behind it, not even the end of its line. */
export type FileRow = { number: number; cells: string[]; cut?: true }

/** How every XLSX file begins; it is a ZIP archive. */
const ZIP = 'PK'

/**
 * The rows of a table in a CSV or XLSX file, one by one, the heading first; which of the two it is its first bytes tell. Throws a
 * Refusal when it cannot be read: then what came before may be half of it, and must not be used.
 */
export async function* rowsInFile(path: string): AsyncGenerator<FileRow> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Refusal(`There is no file ${path}.`)
  try {
    yield* (await beginsLikeZip(path)) ? xlsxRows(path) : csvRows(path)
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error)) throw error
    throw new Refusal(`It cannot be read as a table: ${said(error)}`, { cause: error })
  }
}

async function beginsLikeZip(path: string): Promise<boolean> {
  const handle = await open(path, 'r')
  const begin = Buffer.alloc(2)
  await handle.read(begin, 0, 2, 0).finally(() => handle.close())
  return begin.toString('latin1') === ZIP
}

async function* csvRows(path: string): AsyncGenerator<FileRow> {
  const reader = createCsvReader()
  // An old spreadsheet's letters are no UTF-8, and would be taken for others.
  const decoder = new TextDecoder('utf-8', { fatal: true })
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>)
    yield* reader.push(decoder.decode(piece, { stream: true }))
  yield* reader.push(decoder.decode())
  const { rows, cut } = reader.end()
  for (const row of rows) yield cut && row === rows.at(-1) ? { ...row, cut } : row
}

function said(error: Error): string {
  if (error instanceof TypeError && error.message.includes('encoded data'))
    return 'its letters are not UTF-8. Your move: save it as "CSV UTF-8", or as XLSX.'
  return error.message
}
