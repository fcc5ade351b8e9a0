import { join } from 'node:path'
import type { Instrument } from '../conversation/instrument.ts'
import {
  type ParsedInstrument,
  parseInstrument,
  translateInstrument,
} from '../conversation/parse-instrument.ts'
import type { Problem } from '../conversation/problem.ts'
import { surveyFlow } from '../conversation/survey-flow.ts'
import { type ReadFlows, yamlFiles } from './flow-files.ts'

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
  const found = await yamlFiles(join(folder, 'surveys'))
  const surveys: Record<string, Instrument> = {}
  for (const { file, text } of found.filter(one => !/\.[a-z]{2,3}\.yaml$/.test(one.file))) {
    const parsed = parseInstrument(file, text, problems)
    if (parsed === undefined) continue
    const instrument = inAllLanguages(parsed, file, found, languages, problems)
    const flow = surveyFlow(instrument)
    surveys[instrument.survey] = instrument
    read.flows.set(flow.name, { flow, source: parsed.source })
    for (const language of languages) read.translated.add(`${flow.name}.${language}`)
  }
  return surveys
}

function inAllLanguages(
  parsed: ParsedInstrument,
  file: string,
  found: { file: string; text: string }[],
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
