import { checkShape } from './check-shape.ts'
import type { Flow, Step, Words } from './flow.ts'
import { SPOKEN } from './parse-flow.ts'
import { own } from './plain.ts'
import { didYouMean, type Problem } from './problem.ts'
import { WordsFile } from './step-schemas.ts'
import { readSource, type Source } from './yaml-source.ts'

/** A translation or an office's own words: what to say instead, step by step. */
export type ParsedWords = { flow: string; language: string; data: WordsData; source: Source }
type WordsData = NonNullable<ReturnType<typeof readWords>>

function readWords(source: Source, problems: Problem[]) {
  return checkShape(source, WordsFile, problems)
}

export function parseWords(file: string, text: string, problems: Problem[]): ParsedWords | undefined {
  const source = readSource(file, text, problems)
  const data = source && readWords(source, problems)
  if (source === undefined || data === undefined) return undefined
  return { flow: data.flow, language: data.language, data, source }
}

/**
 * The flow with these words in it. `whole`: a translation must say everything the flow says, an office's own
 * words need not. What the flow does not have is a problem in both.
 */
export function applyWords(flow: Flow, words: ParsedWords, whole: boolean, problems: Problem[]): Flow {
  const { language, data, source } = words
  const note = (path: PropertyKey[], text: string) =>
    void problems.push({ file: source.file, line: source.lineOf(path), text })
  const speaker: Speaker = { language, note, whole }
  for (const step of Object.keys(data.steps)) {
    if (own(flow.steps, step) === undefined) {
      note(['steps', step], `flow "${flow.name}" has no step "${step}".${didYouMean(step, flow.order)}`)
    }
  }
  const steps = flow.order.map(name => {
    const step = own(flow.steps, name)
    return [name, step && applyToStep(step, name, own(data.steps, name) ?? {}, speaker)]
  })
  const title = data.title === undefined ? flow.title : spoken(flow.title, data.title, language)
  if (whole && data.title === undefined) note([], 'the "title" is missing; translate it')
  return {
    ...flow,
    title,
    opens: [...flow.opens, ...data.opens],
    labels: applyToMap(flow.labels, data.labels, ['labels'], 'label', speaker),
    steps: Object.fromEntries(steps) as Record<string, Step>,
  }
}

type Speaker = { language: string; note: (path: PropertyKey[], text: string) => void; whole: boolean }

function spoken(words: Words, text: string, language: string): Words {
  return { ...words, [language]: text.trimEnd() }
}

function applyToStep(step: Step, name: string, given: Record<string, unknown>, speaker: Speaker): Step {
  const path = ['steps', name]
  const built: Record<string, unknown> = { ...step }
  // A handover's note is for staff, who read Indonesian.
  const wanted = Object.keys(step).filter(key => SPOKEN.has(key) && typeof own(built, key) === 'object')
  for (const key of Object.keys(given)) {
    if (key === 'options' && step.kind === 'choose') continue
    if (wanted.includes(key)) continue
    speaker.note([...path, key], `only words belong here, and step "${name}" says no "${key}"; remove it`)
  }
  for (const key of wanted) {
    const text = own(given, key)
    if (typeof text === 'string' && text.trim() !== '') {
      built[key] = spoken(own(built, key) as Words, text, speaker.language)
    } else if (speaker.whole && !(step.kind === 'branch' || key === 'note')) {
      speaker.note(path, `step "${name}" lacks its "${key}"; translate it`)
    }
  }
  if (step.kind === 'choose') {
    const options = own(given, 'options') ?? {}
    const isMap = typeof options === 'object' && !Array.isArray(options)
    if (!isMap) speaker.note([...path, 'options'], 'options should be names with their words, as in the flow')
    const texts = isMap ? (options as Record<string, unknown>) : {}
    built.options = applyToMap(step.options, texts, [...path, 'options'], 'option', speaker)
  }
  return built as unknown as Step
}

function applyToMap(
  words: Record<string, Words>,
  given: Record<string, unknown>,
  path: PropertyKey[],
  what: string,
  speaker: Speaker,
): Record<string, Words> {
  for (const [key, text] of Object.entries(given)) {
    const known = own(words, key) !== undefined
    if (!known)
      speaker.note([...path, key], `the flow has no ${what} "${key}".${didYouMean(key, Object.keys(words))}`)
    else if (typeof text !== 'string' || text.trim() === '') {
      speaker.note([...path, key], `${what} "${key}" has no words; was a sentence split at a comma?`)
    }
  }
  const entries = Object.entries(words).map(([key, old]): [string, Words] => {
    const text = own(given, key)
    if (typeof text === 'string' && text.trim() !== '') return [key, spoken(old, text, speaker.language)]
    if (speaker.whole && text === undefined) speaker.note(path, `${what} "${key}" is missing; translate it`)
    return [key, old]
  })
  return Object.fromEntries(entries)
}
