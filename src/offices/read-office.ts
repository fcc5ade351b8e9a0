import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { checkShape } from '../conversation/check-shape.ts'
import { type ParsedWords, parseWords } from '../conversation/parse-words.ts'
import type { Problem } from '../conversation/problem.ts'
import { readSource } from '../conversation/yaml-source.ts'
import { type Found, yamlFiles } from './flow-files.ts'
import { type Office, OfficeFile } from './office.ts'

/** An office's folder: what it is, and its own words for flows. */
export type ReadOffice = { office: Office; words: ParsedWords[] }

/** Reads every folder in `flows/offices`; a broken one is noted and left out. */
export async function readOffices(folder: string, problems: Problem[]): Promise<ReadOffice[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const ids = entries
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .toSorted()
  const read = await Promise.all(ids.map(async id => readOffice(id, join(folder, id), problems)))
  return read.filter(office => office !== undefined)
}

async function readOffice(id: string, folder: string, problems: Problem[]): Promise<ReadOffice | undefined> {
  const found = await yamlFiles(folder)
  const isOffice = (one: Found) => one.file === join(folder, 'office.yaml')
  const main = found.find(isOffice)
  if (main === undefined) {
    problems.push({ file: join(folder, 'office.yaml'), line: 1, text: 'this file is missing; write it' })
    return undefined
  }
  const source = readSource(main.file, main.text, problems)
  const office = source && checkShape(source, OfficeFile, problems)
  if (source === undefined || office === undefined) return undefined
  if (office.id !== id) {
    problems.push({
      file: main.file,
      line: source.lineOf(['id']),
      text: `the folder is called "${id}"; use the same id`,
    })
  }
  const words = found.filter(one => !isOffice(one)).map(one => parseWords(one.file, one.text, problems))
  return { office, words: words.filter(one => one !== undefined) }
}
