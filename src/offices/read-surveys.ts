import { join } from 'node:path'
import type { FlowBook } from '../conversation/flow.ts'
import { flowOfSurvey, type Instrument, type Sayings } from '../conversation/instrument.ts'
import { type ParsedInstrument, parseInstrument, parseSayings } from '../conversation/parse-instrument.ts'
import type { Problem } from '../conversation/problem.ts'
import { surveyFlow } from '../conversation/survey-flow.ts'
import { translateInstrument } from '../conversation/translate-instrument.ts'
import { type Found, type ReadFlows, yamlFiles } from './flow-files.ts'

/** Instruments by name. */
export type Surveys = Readonly<Record<string, Instrument>>

/**
 * Reads `flows/surveys/` and puts a flow for each instrument beside those of the folder, so that everything that holds for a flow holds
 * for it. `languages` are all that some office speaks: each needs its words.
 */
export async function readSurveys(
  folder: string,
  read: ReadFlows,
  languages: ReadonlySet<string>,
  problems: Problem[],
): Promise<Surveys> {
  const place = join(folder, 'surveys')
  const found = await yamlFiles(place)
  const surveys: Record<string, Instrument> = {}
  const usual = found.length === 0 ? undefined : readSayings(place, found, languages, problems)
  if (usual === undefined) return surveys
  for (const { file, text } of found.filter(isInstrument)) {
    const parsed = parseInstrument(file, text, usual, problems)
    if (parsed === undefined) continue
    const instrument = inAllLanguages(parsed, file, found, languages, problems)
    const flow = surveyFlow(instrument)
    surveys[instrument.survey] = instrument
    read.flows.set(flow.name, { flow, source: parsed.source })
    for (const language of languages) read.translated.add(`${flow.name}.${language}`)
  }
  return surveys
}

function isInstrument({ file }: Found): boolean {
  return !/[/\\]sayings\.yaml$/.test(file) && !/\.[a-z]{2,3}\.yaml$/.test(file)
}

/** What every survey says, in all languages. */
function readSayings(
  place: string,
  found: Found[],
  languages: ReadonlySet<string>,
  problems: Problem[],
): Sayings | undefined {
  let sayings: Sayings | undefined
  for (const name of [
    'sayings',
    ...[...languages].filter(one => one !== 'id').map(one => `sayings.${one}`),
  ]) {
    const file = join(place, `${name}.yaml`)
    const one = found.find(other => other.file === file)
    if (one === undefined) problems.push({ file, line: 1, text: 'this file is missing; write it' })
    else sayings = parseSayings(file, one.text, problems, sayings)
  }
  return sayings
}

function inAllLanguages(
  parsed: ParsedInstrument,
  file: string,
  found: Found[],
  languages: ReadonlySet<string>,
  problems: Problem[],
): Instrument {
  let { instrument } = parsed
  for (const language of languages) {
    if (language === 'id') continue
    const wanted = file.replace(/\.yaml$/, `.${language}.yaml`)
    const words = found.find(one => one.file === wanted)
    if (words === undefined)
      problems.push({ file, line: 1, text: `the words in "${language}" are missing; write ${wanted}` })
    else instrument = translateInstrument({ ...parsed, instrument }, wanted, words.text, problems)
  }
  return instrument
}

/** Real citizens are not asked questions nobody has confirmed. */
export function withoutExamples<H extends { book: FlowBook; surveys: Surveys }>(house: H): H {
  const examples = Object.values(house.surveys).filter(({ example }) => example)
  const asking = new Set(examples.map(({ survey }) => flowOfSurvey(survey)))
  const flows = Object.entries(house.book.flows).filter(([name]) => !asking.has(name))
  return {
    ...house,
    book: { ...house.book, flows: Object.fromEntries(flows) },
    surveys: Object.fromEntries(Object.entries(house.surveys).filter(([, { example }]) => !example)),
  }
}
