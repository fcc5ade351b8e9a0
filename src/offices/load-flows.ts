import { join } from 'node:path'
import type { Flow, FlowBook } from '../conversation/flow.ts'
import { KNOWN_ACTIONS, type KnownActions } from '../conversation/known-actions.ts'
import { lintFlow } from '../conversation/lint-flow.ts'
import { lintHouse } from '../conversation/lint-house.ts'
import { lintWords } from '../conversation/lint-words.ts'
import { UNREAD } from '../conversation/mend.ts'
import { type ParsedFlow, withVersion } from '../conversation/parse-flow.ts'
import type { ParsedHouse } from '../conversation/parse-house.ts'
import { applyWords, type ParsedWords } from '../conversation/parse-words.ts'
import { didYouMean, type Problem, showProblem } from '../conversation/problem.ts'
import { type ReadFlows, readFlows, readHouse, yamlFiles } from './flow-files.ts'
import type { Office } from './office.ts'
import { type ReadOffice, readOffices } from './read-office.ts'
import { readSurveys, type Surveys } from './read-surveys.ts'
import { spokenName } from './spoken-name.ts'

/** An office, the flows its citizens walk, in its own words, and the surveys they may be asked. */
export type OfficeFlows = { office: Office; book: FlowBook; surveys: Surveys }

/** Every office with its flows; or all that is wrong, and then nothing is to be used. */
export type LoadedFlows = { offices: Record<string, OfficeFlows>; flows: number } | { problems: Problem[] }

/** Facts of the office that a sentence may mention, as {{office.name}}. */
const OFFICE_FACTS = ['id', 'name', 'short', 'code'] as const

/** Reads the folder `flows/`: house, flows, translations and offices. File names in problems begin with `folder`. */
export async function loadFlows(folder: string, actions: KnownActions = KNOWN_ACTIONS): Promise<LoadedFlows> {
  const problems: Problem[] = []
  const found = await yamlFiles(folder)
  const house = readHouse(folder, found, problems)
  const read = readFlows(found, problems)
  const { flows, broken } = read
  const offices = await readOffices(join(folder, 'offices'), problems)
  const languages = new Set(offices.flatMap(office => office.languages))
  const surveys = await readSurveys(folder, read, languages, problems)
  const translated = translate(read, problems)
  const around = { flows: [...flows.keys(), ...broken], actions, office: [...OFFICE_FACTS] }
  for (const { flow, source } of [...flows.values(), ...read.doubles])
    lintFlow(flow, source, around, problems)
  for (const words of [...read.translations, ...offices.flatMap(office => office.words)]) {
    const parsed = flows.get(words.flow)
    // What is wrong in the flow itself is told there; its translations only repeat it.
    const isSound = !problems.some(({ file }) => file === parsed?.source.file)
    if (parsed !== undefined && isSound) lintWords(parsed.flow, words, around, problems)
  }
  if (house !== undefined) {
    lintHouse(house.house, house.source, new Map(translated.map(f => [f.name, f])), broken, problems)
  }
  noteUntranslated(folder, read, languages, problems)
  noteDesks(offices, flows, problems)
  const books: Record<string, OfficeFlows> = {}
  for (const { office, words } of offices) {
    const spoken = translated.map(flow => ownWords(flow, words, problems))
    noteUnknownFlows(words, read, 'reword', problems)
    if (house !== undefined && office !== undefined)
      books[office.id] = { office, book: bookOf(office, spoken, house), surveys }
  }
  return problems.length > 0 ? { problems: inOrder(problems) } : { offices: books, flows: flows.size }
}

/** By file and line, each once: two readers may stumble over the same slip. */
function inOrder(problems: Problem[]): Problem[] {
  const once = new Map(problems.map(problem => [showProblem(problem), problem]))
  return [...once.values()].toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
}

function translate(read: ReadFlows, problems: Problem[]): Flow[] {
  const { flows, translations } = read
  noteUnknownFlows(translations, read, 'translate', problems)
  return [...flows.values()].map(({ flow }) =>
    translations
      .filter(words => words.flow === flow.name)
      .reduce((spoken, words) => applyWords(spoken, words, true, problems), flow),
  )
}

function noteUntranslated(
  folder: string,
  { flows, translated }: ReadFlows,
  languages: Set<string>,
  problems: Problem[],
): void {
  for (const { flow, source } of flows.values()) {
    for (const language of languages) {
      if (language === 'id' || translated.has(`${flow.name}.${language}`)) continue
      const file = join(folder, `${flow.name.replaceAll('_', '-')}.${language}.yaml`)
      const text = `the words in "${language}" are missing; write ${file}`
      problems.push({ file: source.file, line: 1, text })
    }
  }
}

function ownWords(flow: Flow, words: ParsedWords[], problems: Problem[]): Flow {
  return words
    .filter(one => one.flow === flow.name)
    .reduce((spoken, one) => applyWords(spoken, one, false, problems), flow)
}

function noteUnknownFlows(
  words: ParsedWords[],
  { flows, broken }: ReadFlows,
  to: 'translate' | 'reword',
  problems: Problem[],
): void {
  for (const { flow, source } of words) {
    if (flows.has(flow) || broken.has(flow)) continue
    const text = `there is no flow "${flow}" to ${to}.${didYouMean(flow, [...flows.keys()])}`
    problems.push({ file: source.file, line: source.lineOf(['flow']), text })
  }
}

/** Steps that hand over to a desk which some office does not have: one problem a step, naming those offices. */
function noteDesks(offices: ReadOffice[], flows: Map<string, ParsedFlow>, problems: Problem[]): void {
  for (const { flow, source } of flows.values()) {
    for (const [name, step] of Object.entries(flow.steps)) {
      if (step.kind !== 'handover' || step.desk === UNREAD) continue
      const lacking = offices.filter(({ desks }) => desks !== undefined && !desks.includes(step.desk))
      if (lacking.length === 0) continue
      const known = lacking.flatMap(({ desks }) => desks ?? [])
      const text =
        `"${name}" hands over to desk "${step.desk}", which ${lacking.map(({ folder }) => folder).join(', ')} ` +
        `does not have; name one of ${[...new Set(known)].join(', ')}.${didYouMean(step.desk, known)}`
      problems.push({ file: source.file, line: source.lineOf(['steps', name, 'handover']), text })
    }
  }
}

function bookOf(office: Office, spoken: Flow[], { house }: ParsedHouse): FlowBook {
  const flows = spoken.map(withVersion)
  const facts = OFFICE_FACTS.map(fact => [fact, spokenName(office[fact])])
  return {
    flows: Object.fromEntries(flows.map(flow => [flow.name, flow])),
    versions: Object.fromEntries(flows.map(flow => [flow.version, flow])),
    house,
    office: Object.fromEntries(facts),
    languages: office.languages,
  }
}
