import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ParsedFlow, parseFlow } from '../conversation/parse-flow.ts'
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
  const others = found.filter(one => isHouse(one) && isTranslation(one))
  return house && others.reduce((parsed, one) => applyHouseWords(parsed, one.file, one.text, problems), house)
}

/** Every flow of the folder, and the words for them in other languages. */
export function readFlows(found: Found[], problems: Problem[]) {
  const flows = new Map<string, ParsedFlow>()
  const broken = new Set<string>()
  const translations: ParsedWords[] = []
  for (const { file, text } of found.filter(one => !isHouse(one))) {
    if (isTranslation({ file, text })) {
      const words = parseWords(file, text, problems)
      if (words !== undefined) translations.push(words)
      continue
    }
    const parsed = parseFlow(file, text, problems)
    if (parsed === undefined) {
      // Its name, if it can be made out: who leads to it is not to be blamed for what is wrong inside.
      broken.add(/^flow: *(\w+)/m.exec(text.slice(0, 10_000))?.[1] ?? '')
      continue
    }
    const other = flows.get(parsed.flow.name)
    if (other === undefined) flows.set(parsed.flow.name, parsed)
    else
      problems.push({
        file,
        line: 1,
        text: `flow "${parsed.flow.name}" is in ${other.source.file} already; rename one`,
      })
  }
  return { flows, translations, broken }
}
