import { join } from 'node:path'
import type { Flow, FlowBook } from '../conversation/flow.ts'
import { KNOWN_ACTIONS, type KnownActions } from '../conversation/known-actions.ts'
import { lintFlow } from '../conversation/lint-flow.ts'
import { lintHouse } from '../conversation/lint-house.ts'
import { type ParsedFlow, withVersion } from '../conversation/parse-flow.ts'
import type { ParsedHouse } from '../conversation/parse-house.ts'
import { applyWords, type ParsedWords } from '../conversation/parse-words.ts'
import type { Problem } from '../conversation/problem.ts'
import { readFlows, readHouse, yamlFiles } from './flow-files.ts'
import type { Office } from './office.ts'
import { readOffices } from './read-office.ts'

/** An office and the flows its citizens walk, in its own words. */
export type OfficeFlows = { office: Office; book: FlowBook }

/** Every office with its flows; or all that is wrong, and then nothing is to be used. */
export type LoadedFlows = { offices: Record<string, OfficeFlows>; flows: number } | { problems: Problem[] }

/** Facts of the office that a sentence may mention, as {{office.name}}. */
const OFFICE_FACTS = ['id', 'name', 'short', 'code']

/** Reads the folder `flows/`: house, flows, translations and offices. File names in problems begin with `folder`. */
export async function loadFlows(folder: string, actions: KnownActions = KNOWN_ACTIONS): Promise<LoadedFlows> {
  const problems: Problem[] = []
  const found = await yamlFiles(folder)
  const house = readHouse(folder, found, problems)
  const { flows, translations, broken } = readFlows(found, problems)
  const translated = translate(
    flows,
    translations.filter(words => !broken.has(words.flow)),
    problems,
  )
  const offices = await readOffices(join(folder, 'offices'), problems)
  const around = { flows: [...flows.keys(), ...broken], actions, office: OFFICE_FACTS }
  for (const { flow, source } of flows.values()) lintFlow(flow, source, around, problems)
  if (house !== undefined)
    lintHouse(house.house, house.source, new Map(translated.map(f => [f.name, f])), problems)
  const languages = new Set(offices.flatMap(({ office }) => office.languages))
  noteUntranslated(folder, flows, translations, languages, problems)
  const books: Record<string, OfficeFlows> = {}
  for (const { office, words } of offices) {
    const spoken = translated.map(flow => ownWords(flow, words, problems))
    noteUnknownFlows(
      words.filter(one => !broken.has(one.flow)),
      flows,
      problems,
    )
    noteDesks(office, folder, flows, problems)
    if (house !== undefined) books[office.id] = { office, book: bookOf(office, spoken, house) }
  }
  return problems.length > 0 ? { problems: inOrder(problems) } : { offices: books, flows: flows.size }
}

function inOrder(problems: Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
}

function translate(flows: Map<string, ParsedFlow>, translations: ParsedWords[], problems: Problem[]): Flow[] {
  for (const words of translations) {
    if (flows.has(words.flow)) continue
    const { file, lineOf } = words.source
    problems.push({ file, line: lineOf(['flow']), text: `there is no flow "${words.flow}" to translate` })
  }
  return [...flows.values()].map(({ flow }) =>
    translations
      .filter(words => words.flow === flow.name)
      .reduce((spoken, words) => applyWords(spoken, words, true, problems), flow),
  )
}

function noteUntranslated(
  folder: string,
  flows: Map<string, ParsedFlow>,
  translations: ParsedWords[],
  languages: Set<string>,
  problems: Problem[],
): void {
  for (const { flow, source } of flows.values()) {
    for (const language of languages) {
      if (
        language === 'id' ||
        translations.some(words => words.flow === flow.name && words.language === language)
      )
        continue
      const file = join(folder, `${flow.name}.${language}.yaml`)
      problems.push({
        file: source.file,
        line: 1,
        text: `the words in "${language}" are missing; write ${file}`,
      })
    }
  }
}

function ownWords(flow: Flow, words: ParsedWords[], problems: Problem[]): Flow {
  return words
    .filter(one => one.flow === flow.name)
    .reduce((spoken, one) => applyWords(spoken, one, false, problems), flow)
}

function noteUnknownFlows(words: ParsedWords[], flows: Map<string, ParsedFlow>, problems: Problem[]): void {
  for (const { flow, source } of words) {
    if (flows.has(flow)) continue
    problems.push({
      file: source.file,
      line: source.lineOf(['flow']),
      text: `there is no flow "${flow}" to reword`,
    })
  }
}

function noteDesks(
  office: Office,
  folder: string,
  flows: Map<string, ParsedFlow>,
  problems: Problem[],
): void {
  for (const { flow, source } of flows.values()) {
    for (const [name, step] of Object.entries(flow.steps)) {
      if (step.kind !== 'handover' || Object.hasOwn(office.desks, step.desk)) continue
      const line = source.lineOf(['steps', name, 'handover'])
      const text = `"${name}" hands over to desk "${step.desk}", which ${join(folder, 'offices', office.id)} does not have`
      problems.push({ file: source.file, line, text })
    }
  }
}

function bookOf(office: Office, spoken: Flow[], { house }: ParsedHouse): FlowBook {
  const flows = spoken.map(withVersion)
  const { id, name, short, code } = office
  return {
    flows: Object.fromEntries(flows.map(flow => [flow.name, flow])),
    versions: Object.fromEntries(flows.map(flow => [flow.version, flow])),
    house,
    office: { id, name, short, code },
    languages: office.languages,
  }
}
