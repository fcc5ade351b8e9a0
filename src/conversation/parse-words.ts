import type { z } from 'zod'
import type { Flow, Step, Words } from './flow.ts'
import { missingIn } from './lint-roads.ts'
import { readMended, UNREAD } from './mend.ts'
import { flowNameOf, SPOKEN } from './parse-flow.ts'
import { own } from './plain.ts'
import { didYouMean, nearest, type Problem } from './problem.ts'
import { WordsFile } from './step-schemas.ts'
import { readSource, type Source } from './yaml-source.ts'

/**
 * A translation or an office's own words: what to say instead, step by step. `isLost`: what stands at this path could not
 * be read, and has been noted.
 */
export type ParsedWords = {
  flow: string
  language: string
  data: z.output<typeof WordsFile>
  source: Source
  isLost(path: PropertyKey[]): boolean
}

/** Reads words for a flow; every problem is noted, and undefined means that nothing can be made of the file. */
export function parseWords(file: string, text: string, problems: Problem[]): ParsedWords | undefined {
  const source = readSource(file, text, problems)
  const mended = source && readMended(source, WordsFile, problems)
  if (source === undefined || mended === undefined) return undefined
  const { value: data, lost } = mended
  const isLost = (path: PropertyKey[]) => lost.some(at => at.join('.') === path.join('.'))
  const named = /\.([a-z]{2,3})\.yaml$/.exec(file)?.[1] ?? 'id'
  if (data.language !== named && !isLost(['language'])) {
    const text = `the language is "${data.language}", by the file's name it should be "${named}"; use the same`
    problems.push({ file, line: source.lineOf(['language']), text })
  }
  return { flow: isLost(['flow']) ? flowNameOf(file) : data.flow, language: named, data, source, isLost }
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
  const strangers = Object.keys(data.steps).filter(step => !flow.order.includes(step) && step !== UNREAD)
  const isTorn = flow.order.includes(UNREAD)
  const missing = missingIn(flow)
  for (const step of isTorn ? [] : strangers.filter(one => !missing.includes(one)))
    note(['steps', step], `flow "${flow.name}" has no step "${step}".${didYouMean(step, flow.order)}`)
  const steps = Object.entries(flow.steps).map(([name, step]): [string, Step] => {
    const path = ['steps', name]
    if (words.isLost(['steps']) || words.isLost(path)) return [name, step]
    const given = strangers.find(stranger => nearest(stranger, flow.order) === name) ?? name
    return [name, applyToStep(step, name, own(data.steps, name) ?? own(data.steps, given) ?? {}, speaker)]
  })
  const title = data.title === undefined ? flow.title : spoken(flow.title, data.title, language)
  if (whole && data.title === undefined) note([], 'the "title" is missing; translate it')
  return {
    ...flow,
    title,
    opens: [...flow.opens, ...data.opens],
    labels:
      words.isLost(['labels']) || Object.keys(flow.labels).some(label => missing.includes(label))
        ? flow.labels
        : applyToMap(flow.labels, data.labels, ['labels'], 'label', speaker),
    steps: Object.fromEntries(steps),
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
  const keys = step.kind === 'choose' ? [...wanted, 'options'] : wanted
  const strangers = Object.keys(given).filter(key => !keys.includes(key))
  for (const key of strangers) {
    const hint = didYouMean(key, keys)
    const text = `only words belong here, and step "${name}" says no "${key}"; remove it.${hint}`
    speaker.note([...path, key], text)
  }
  const told = new Set(strangers.map(key => nearest(key, keys)))
  for (const key of wanted) {
    const text = own(given, key)
    if (typeof text === 'string' && text.trim() !== '') {
      built[key] = spoken(own(built, key) as Words, text, speaker.language)
    } else if (speaker.whole && !told.has(key) && key !== 'note') {
      speaker.note(path, `step "${name}" lacks its "${key}"; translate it`)
    }
  }
  if (step.kind !== 'choose' || told.has('options')) return built as unknown as Step
  const options = own(given, 'options') ?? {}
  if (typeof options === 'object' && !Array.isArray(options)) {
    const texts = options as Record<string, unknown>
    built.options = applyToMap(step.options, texts, [...path, 'options'], 'option', speaker)
  } else speaker.note([...path, 'options'], 'options should be names with their words, as in the flow')
  return built as unknown as Step
}

function applyToMap(
  words: Record<string, Words>,
  given: Record<string, unknown>,
  path: PropertyKey[],
  what: string,
  speaker: Speaker,
): Record<string, Words> {
  const known = Object.keys(words)
  // What could not be read in the flow itself may be any of these.
  const strangers = known.includes(UNREAD) ? [] : Object.keys(given).filter(key => !known.includes(key))
  for (const key of strangers)
    speaker.note([...path, key], `the flow has no ${what} "${key}".${didYouMean(key, known)}`)
  const told = new Set(strangers.map(key => nearest(key, known)))
  const entries = Object.entries(words).map(([key, old]): [string, Words] => {
    const text = own(given, key)
    if (typeof text === 'string' && text.trim() !== '') return [key, spoken(old, text, speaker.language)]
    if (text !== undefined)
      speaker.note([...path, key], `${what} "${key}" has no words; was a sentence split at a comma?`)
    else if (speaker.whole && !told.has(key) && key !== UNREAD)
      speaker.note(path, `${what} "${key}" is missing; translate it`)
    return [key, old]
  })
  return Object.fromEntries(entries)
}
