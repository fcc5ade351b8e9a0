import { z } from 'zod'
import type { House, HouseDeed, Words } from './flow.ts'
import { type Mended, readMended, UNREAD } from './mend.ts'
import { FINER_PHRASES, PHRASES } from './phrases.ts'
import { own, plain } from './plain.ts'
import { didYouMean, nearest, type Problem } from './problem.ts'
import { name, sentence } from './step-schemas.ts'
import { readSource, type Source } from './yaml-source.ts'

const DEEDS = [
  'menu',
  'cancel',
  'back',
  'skip',
  'help',
  'yes',
  'no',
  'thanks',
  'greeting',
  'ping',
  'solved',
  'unsolved',
  'unhelpful',
  'pause',
] as const satisfies HouseDeed[]

const first = z.strictObject({ flow: name, step: name })
const whole = z.string().regex(/^\d+$/, 'should be a whole number').transform(Number)
const says = z.array(sentence)

const HouseFile = z.strictObject({
  words: z.partialRecord(z.enum(DEEDS), says),
  phrases: z.record(name, sentence),
  greetings: z.array(z.strictObject({ says, answer: sentence })).default([]),
  emergencies: z.strictObject({ words: says, say: sentence }),
  questions: says,
  tags: z.strictObject({ behind: says, ends: says }).default({ behind: [], ends: [] }),
  loose: z.array(z.strictObject({ words: says, min: whole, flow: name, step: name })).default([]),
  silence: z.strictObject({ hours: whole }),
  talk: z
    .strictObject({ unanswered: whole, silent: whole, active: whole })
    .default({ unanswered: 30, silent: 8, active: 120 }),
  // Whoever sets no limit has none: rehearsals and measurements send more than people do.
  flood: z.strictObject({ minute: whole }).default({ minute: Number.MAX_SAFE_INTEGER }),
  block: z.strictObject({ days: whole }).default({ days: 30 }),
  postpone: z.strictObject({ days: whole }).default({ days: 60 }),
  firsts: z
    .strictObject({ photo: first.optional(), document: first.optional(), location: first.optional() })
    .default({}),
})

const HouseWordsFile = z.strictObject({
  language: z.string().regex(/^[a-z]{2,3}$/, 'should be a language such as en'),
  phrases: z.record(name, sentence),
  emergencies: z.strictObject({ say: sentence }),
})

export type ParsedHouse = { house: House; source: Source }

/** Reads `house.yaml`; every problem is noted, and undefined means that nothing can be made of it. */
export function parseHouse(file: string, text: string, problems: Problem[]): ParsedHouse | undefined {
  const source = readSource(file, text, problems)
  const mended = source && readMended(source, HouseFile, problems)
  if (source === undefined || mended === undefined) return undefined
  const data = mended.value
  if (!isLost(mended, 'phrases')) notePhrases(data.phrases, source, problems)
  const words = Object.entries(data.words).map(([does, said]) => ({ does: does as HouseDeed, says: said }))
  noteTwice(source, words, problems)
  const { firsts, ...rest } = data
  const phrases = Object.fromEntries(
    Object.entries(data.phrases).map(([key, said]) => [key, { id: said.trimEnd() }]),
  )
  const emergencies = { ...data.emergencies, say: { id: data.emergencies.say.trimEnd() } }
  return { house: { ...rest, words, phrases, emergencies, firsts: withoutEmpty(firsts) }, source }
}

/** Phrases the engine needs and does not find; one that is there under a mistyped name is told of once. */
function notePhrases(phrases: Record<string, string>, source: Source, problems: Problem[]): void {
  const strangers = Object.keys(phrases).filter(key => !KNOWN_PHRASES.includes(key))
  for (const [phrase, when] of Object.entries(PHRASES)) {
    if (own(phrases, phrase) !== undefined) continue
    const mistyped = strangers.find(key => nearest(key, KNOWN_PHRASES) === phrase)
    const path = ['phrases', ...(mistyped === undefined ? [] : [mistyped])]
    const text =
      mistyped === undefined
        ? `the phrase "${phrase}" is missing (${when}); add it`
        : `nobody says the phrase "${mistyped}". Did you mean "${phrase}"?`
    problems.push({ file: source.file, line: source.lineOf(path), text })
  }
}

const KNOWN_PHRASES = [...Object.keys(PHRASES), ...Object.keys(FINER_PHRASES)]

function isLost({ lost }: Mended<unknown>, key: string): boolean {
  return lost.some(at => at.length === 1 && at[0] === key)
}

function withoutEmpty(firsts: z.output<typeof HouseFile>['firsts']): House['firsts'] {
  const { photo, document, location } = firsts
  return { ...(photo && { photo }), ...(document && { document }), ...(location && { location }) }
}

/** One way of writing may mean one thing only; which of two would win is nobody's guess. */
function noteTwice(source: Source, words: { does: HouseDeed; says: string[] }[], problems: Problem[]): void {
  const seen = new Map<string, HouseDeed>()
  for (const { does, says: all } of words) {
    for (const [index, said] of all.entries()) {
      const key = plain(said) || said
      const other = seen.get(key)
      seen.set(key, does)
      if (other === undefined || other === does || said === UNREAD) continue
      const text = `"${said}" stands under "${other}" and under "${does}"; keep one`
      problems.push({ file: source.file, line: source.lineOf(['words', does, index]), text })
    }
  }
}

/**
 * The house with its sentences in another language; each must be there. Without a house its own shape is all that can be
 * looked at.
 */
export function applyHouseWords(
  parsed: ParsedHouse | undefined,
  file: string,
  text: string,
  problems: Problem[],
): ParsedHouse | undefined {
  const source = readSource(file, text, problems)
  const mended = source && readMended(source, HouseWordsFile, problems)
  if (parsed === undefined || mended === undefined) return parsed
  const data = mended.value
  const { house } = parsed
  const known = [...new Set([...Object.keys(house.phrases), ...KNOWN_PHRASES])]
  const note = (path: PropertyKey[], what: string) =>
    void problems.push({ file, line: source?.lineOf(path) ?? 1, text: what })
  const strangers = Object.keys(data.phrases).filter(key => !known.includes(key) && key !== UNREAD)
  for (const key of strangers)
    note(['phrases', key], `the house has no phrase "${key}".${didYouMean(key, known)}`)
  const told = new Set(strangers.map(key => nearest(key, known)))
  const speak = (words: Words, said: string): Words => ({ ...words, [data.language]: said.trimEnd() })
  const phrases = Object.entries(house.phrases).map(([key, words]): [string, Words] => {
    const said = own(data.phrases, key)
    if (said === undefined && !told.has(key) && KNOWN_PHRASES.includes(key) && !isLost(mended, 'phrases'))
      note(['phrases'], `the phrase "${key}" is missing; translate it`)
    return [key, said === undefined ? words : speak(words, said)]
  })
  const emergencies = { ...house.emergencies, say: speak(house.emergencies.say, data.emergencies.say) }
  return { ...parsed, house: { ...house, phrases: Object.fromEntries(phrases), emergencies } }
}
