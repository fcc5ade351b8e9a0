import type { FlowBook, HouseDeed } from './flow.ts'
import { plain, squeeze } from './plain.ts'

/** Something a whole message can mean to the house. `words` is how many words it took. */
export type Deed = { does: HouseDeed; flow?: string; words: number }

/** Phrases by their first word, each as the words that must follow it. */
export type PhraseIndex = Map<string, string[][]>

/** Every word the house hears, ready to be looked up. */
export type Vocabulary = {
  deeds: Map<string, Deed>
  squeezed: Map<string, Deed>
  greetings: Map<string, string>
  /** First words of everything above: most replies begin with none of them and need no closer look. */
  beginnings: Set<string>
  emergencies: PhraseIndex
  questions: PhraseIndex
  tags: { behind: Set<string>; ends: Set<string> }
  loose: { words: PhraseIndex; min: number; flow: string; step: string }[]
}

// Building takes milliseconds and a book never changes once it is loaded, so each book is indexed once.
const built = new WeakMap<FlowBook, Vocabulary>()

export function vocabularyOf(book: FlowBook): Vocabulary {
  const known = built.get(book)
  if (known !== undefined) return known
  const { house } = book
  const deeds = indexDeeds(book)
  const greetings = new Map(
    house.greetings.flatMap(g => g.says.map(said => [plain(said), g.answer] as const)),
  )
  const said = [...deeds.deeds.keys(), ...greetings.keys()].map(firstWord)
  const vocabulary: Vocabulary = {
    ...deeds,
    greetings,
    beginnings: new Set([...said, ...said.map(squeeze)]),
    emergencies: indexPhrases(house.emergencies.words),
    questions: indexPhrases(house.questions),
    tags: { behind: new Set(house.tags.behind.map(plain)), ends: new Set(house.tags.ends.map(plain)) },
    loose: house.loose.map(rule => ({ ...rule, words: indexPhrases(rule.words) })),
  }
  built.set(book, vocabulary)
  return vocabulary
}

function firstWord(said: string): string {
  const end = said.indexOf(' ')
  return end === -1 ? said : said.slice(0, end)
}

/** Whether a reply, as it is compared, may begin with a word of the house at all. */
export function beginsLikeWord(vocabulary: Vocabulary, said: string): boolean {
  const first = firstWord(said)
  return vocabulary.beginnings.has(first) || vocabulary.beginnings.has(squeeze(first))
}

function indexDeeds(book: FlowBook): Pick<Vocabulary, 'deeds' | 'squeezed'> {
  const deeds = new Map<string, Deed>()
  const squeezed = new Map<string, Deed>()
  const add = (said: string, does: HouseDeed, flow: string | undefined) => {
    const key = plain(said) || said.trim()
    const deed: Deed = { does, words: key.split(' ').length, ...(flow === undefined ? {} : { flow }) }
    if (!deeds.has(key)) deeds.set(key, deed)
    if (!squeezed.has(squeeze(key))) squeezed.set(squeeze(key), deed)
  }
  for (const word of book.house.words) for (const said of word.says) add(said, word.does, word.flow)
  for (const flow of Object.values(book.flows)) for (const said of flow.opens) add(said, 'open', flow.name)
  return { deeds, squeezed }
}

function indexPhrases(phrases: string[]): PhraseIndex {
  const index: PhraseIndex = new Map()
  for (const phrase of phrases) {
    const [first, ...rest] = plain(phrase).split(' ')
    if (first === undefined || first === '') continue
    index.set(first, [...(index.get(first) ?? []), rest])
  }
  return index
}

/** Three of a letter in a row; looked for by hand, since every word of every message is. */
function isDrawnOut(word: string): boolean {
  for (let n = 2; n < word.length; n++) {
    if (word[n] === word[n - 1] && word[n] === word[n - 2]) return true
  }
  return false
}

/** Whether one of the phrases stands among these words, as whole words. Letters may be drawn out. */
export function holdsPhrase(words: string[], index: PhraseIndex): boolean {
  return words.some((word, i) => {
    const rests =
      index.get(word) ?? (isDrawnOut(word) ? index.get(word.replace(/(\p{L})\1{2,}/gu, '$1')) : undefined)
    return rests?.some(rest => rest.every((next, n) => words[i + 1 + n] === next)) ?? false
  })
}

// Ways of addressing somebody and fillers that citizens put behind a word: "batal min", "iya kak".
const FILLERS = new Set(
  'min mimin admin kak kakak pak bapak bu ibu bang abang gan bos mas mbak ya dong deh sih aja saja kok lah please'.split(
    ' ',
  ),
)

/** Whether a message asks by its end: "boleh diwakilkan ga min". */
export function endsAsking({ tags }: Vocabulary, said: string): boolean {
  const words = said.split(' ')
  while (words.length > 1 && FILLERS.has(words.at(-1) ?? '')) words.pop()
  return tags.ends.has(words.pop() ?? '') && words.some(word => tags.behind.has(word))
}

/** What a whole message means to the house, or undefined. `text` is the reply as it was typed, trimmed. */
export function deedOf(vocabulary: Vocabulary, text: string, said: string): Deed | undefined {
  if (said === '') return vocabulary.deeds.get(text)
  // The longest word of the house has well under 40 letters; longer messages are never one.
  if (said.length > 60) return undefined
  const whole = vocabulary.deeds.get(said) ?? vocabulary.squeezed.get(squeeze(said))
  if (whole !== undefined) return whole
  const words = said.split(' ')
  while (words.length > 1 && FILLERS.has(words.at(-1) ?? '')) {
    words.pop()
    const shorter = words.join(' ')
    const deed = vocabulary.deeds.get(shorter) ?? vocabulary.squeezed.get(squeeze(shorter))
    if (deed !== undefined) return deed
  }
  return undefined
}

/** A greeting at the beginning of a message: what is said back, and the message without it. */
export function greetingOf(
  vocabulary: Vocabulary,
  text: string,
): { answer: string; rest: string } | undefined {
  const raw = text.split(/\s+/)
  for (let count = Math.min(4, raw.length); count > 0; count--) {
    const said = plain(raw.slice(0, count).join(' '))
    const answer = vocabulary.greetings.get(said) ?? vocabulary.greetings.get(squeeze(said))
    if (answer === undefined) continue
    const rest = raw.slice(count)
    while (rest.length > 0 && FILLERS.has(plain(rest[0] ?? '') || 'min')) rest.shift()
    return { answer, rest: rest.join(' ') }
  }
  return undefined
}
