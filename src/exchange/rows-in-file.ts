import { createReadStream, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { createCsvReader } from '../lib/csv.ts'
import { Refusal } from '../lib/refusal.ts'
import { xlsxRows } from './xlsx-rows.ts'

/** A row as it stands in the file. `cut`: nothing stands behind it, not even the end of its line. */
export type FileRow = { number: number; cells: string[]; cut?: true }

/** How every XLSX file begins; it is a ZIP archive. */
const ZIP = 'PK'
/** How JSON of ours begins: a list of rows, which goes out and does not come in. */
const LIST = /^\s*\[/

/**
 * The rows of a table in a CSV or XLSX file, one by one, the heading first; which of the two it is its first bytes tell. Throws a
 * Refusal when it cannot be read: then what came before may be half of it, and must not be used.
 */
export async function* rowsInFile(path: string): AsyncGenerator<FileRow> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Refusal(`There is no file ${path}.`)
  try {
    const begin = await beginOf(path)
    if (LIST.test(begin))
      throw new Refusal(
        'This is JSON, and tables come in as CSV or XLSX. Your move: export it with --format csv.',
      )
    yield* begin.startsWith(ZIP) ? xlsxRows(path) : csvRows(path)
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof Error)) throw error
    throw new Refusal(`It cannot be read as a table: ${said(error)}`, { cause: error })
  }
}

async function beginOf(path: string): Promise<string> {
  const handle = await open(path, 'r')
  const begin = Buffer.alloc(8)
  const { bytesRead } = await handle.read(begin, 0, begin.length, 0).finally(() => handle.close())
  return begin.toString('latin1', 0, bytesRead)
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
