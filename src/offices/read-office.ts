import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { checkShape } from '../conversation/check-shape.ts'
import { type ParsedWords, parseWords } from '../conversation/parse-words.ts'
import type { Problem } from '../conversation/problem.ts'
import { readSource } from '../conversation/yaml-source.ts'
import { type Found, yamlFiles } from './flow-files.ts'
import { type Office, OfficeFile } from './office.ts'

/** An office's folder: what it is, and its own words for flows. */
export type ReadOffice = {
  folder: string
  /** Undefined while its file has problems; what the flows have to fit is read from it all the same. */
  office: Office | undefined
  languages: string[]
  /** Its desks' names; undefined when they cannot be read. */
  desks: string[] | undefined
  words: ParsedWords[]
}

/** Reads every folder in `flows/offices`; what is wrong in one is noted. */
export async function readOffices(folder: string, problems: Problem[]): Promise<ReadOffice[]> {
  const ids = await foldersIn(folder)
  return Promise.all(ids.map(async id => readOffice(id, join(folder, id), problems)))
}

/** The ids of all offices of `flows/`, whether their files can be read or not. */
export function officesIn(flows: string): Promise<string[]> {
  return foldersIn(join(flows, 'offices'))
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .toSorted()
}

async function readOffice(id: string, folder: string, problems: Problem[]): Promise<ReadOffice> {
  const found = await yamlFiles(folder)
  const isOffice = (one: Found) => one.file === join(folder, 'office.yaml')
  const main = found.find(isOffice)
  if (main === undefined)
    problems.push({ file: join(folder, 'office.yaml'), line: 1, text: 'this file is missing; write it' })
  const source = main && readSource(main.file, main.text, problems)
  const office = source && checkShape(source, OfficeFile, problems)
  if (source !== undefined && office !== undefined && office.id !== id) {
    const text = `the folder is called "${id}"; use the same id`
    problems.push({ file: source.file, line: source.lineOf(['id']), text })
  }
  const words = found.filter(one => !isOffice(one)).map(one => parseWords(one.file, one.text, problems))
  return {
    folder,
    office,
    ...looseFacts(source?.data),
    words: words.filter(one => one !== undefined),
  }
}

/** What other files have to fit, from an office's data of any shape. */
function looseFacts(data: unknown): Pick<ReadOffice, 'languages' | 'desks'> {
  const { languages, desks } = Object(data)
  const isMap = typeof desks === 'object' && desks !== null && !Array.isArray(desks)
  return {
    languages: Array.isArray(languages) ? languages.filter(one => typeof one === 'string') : [],
    desks: isMap ? Object.keys(desks) : undefined,
  }
}
