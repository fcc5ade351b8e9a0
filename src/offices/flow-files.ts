import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { flowNameOf, type ParsedFlow, parseFlow } from '../conversation/parse-flow.ts'
import { applyHouseWords, type ParsedHouse, parseHouse } from '../conversation/parse-house.ts'
import { type ParsedWords, parseWords } from '../conversation/parse-words.ts'
import type { Problem } from '../conversation/problem.ts'

/** A file of a folder, read whole. */
export type Found = { file: string; text: string }

/** The YAML files right in this folder, by name; none when there is no such folder. */
export async function yamlFiles(folder: string): Promise<Found[]> {
  const names = await readdir(folder).catch(() => [])
  const yaml = names.filter(name => name.endsWith('.yaml')).toSorted()
  return Promise.all(
    yaml.map(async name => ({ file: join(folder, name), text: await readFile(join(folder, name), 'utf8') })),
  )
}

function isHouse({ file }: Found): boolean {
  return /(^|[/\\])house(\.[a-z]{2,3})?\.yaml$/.test(file)
}

function isTranslation({ file }: Found): boolean {
  return /\.[a-z]{2,3}\.yaml$/.test(file)
}

/** The house with all its languages. */
export function readHouse(folder: string, found: Found[], problems: Problem[]): ParsedHouse | undefined {
  const base = found.find(one => isHouse(one) && !isTranslation(one))
  if (base === undefined) {
    problems.push({ file: join(folder, 'house.yaml'), line: 1, text: 'this file is missing; write it' })
    return undefined
  }
  const house = parseHouse(base.file, base.text, problems)
  return others(found).reduce<ParsedHouse | undefined>(
    (parsed, one) => applyHouseWords(parsed, one.file, one.text, problems),
    house,
  )
}

function others(found: Found[]): Found[] {
  return found.filter(one => isHouse(one) && isTranslation(one))
}

/**
 * The flows of a folder. `doubles` bear a name that another has already; `broken` are names of flows whose file is no
 * YAML: who leads to one is not to be blamed for what is wrong inside.
 */
export type ReadFlows = {
  flows: Map<string, ParsedFlow>
  doubles: ParsedFlow[]
  broken: Set<string>
  translations: ParsedWords[]
  /** Files of translations, also those nobody can read: `complaint.en`. */
  translated: Set<string>
}

/** Every flow of the folder, and the words for them in other languages. */
export function readFlows(found: Found[], problems: Problem[]): ReadFlows {
  const read: ReadFlows = {
    flows: new Map(),
    doubles: [],
    broken: new Set(),
    translations: [],
    translated: new Set(),
  }
  for (const one of found.filter(some => !isHouse(some))) {
    if (isTranslation(one)) {
      const words = parseWords(one.file, one.text, problems)
      if (words !== undefined) read.translations.push(words)
      const language = one.file.split('.').at(-2)
      for (const flow of [words?.flow, flowNameOf(one.file)]) read.translated.add(`${flow}.${language}`)
    } else addFlow(read, one, problems)
  }
  return read
}

function addFlow(read: ReadFlows, { file, text }: Found, problems: Problem[]): void {
  const parsed = parseFlow(file, text, problems)
  if (parsed === undefined) {
    read.broken.add(/^flow: *(\w+)/m.exec(text.slice(0, 10_000))?.[1] ?? flowNameOf(file))
    return
  }
  const { name } = parsed.flow
  const other = read.flows.get(name)
  if (other === undefined) {
    read.flows.set(name, parsed)
    return
  }
  read.doubles.push(parsed)
  const line = parsed.source.lineOf(['flow'])
  problems.push({ file, line, text: `flow "${name}" is in ${other.source.file} already; rename one` })
}
