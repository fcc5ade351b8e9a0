import { stem } from '../knowledge/stem.ts'
import { guardedAs } from './guarded-words.ts'
import { BINDING } from './plain-words.ts'

/** A sentence as it is compared: what must stay as it is and in its order, and the roots of its other words. */
export type Sentence = { guarded: string[]; roots: string[] }

/** Whatever holds a digit, an @ or a point inside it: numbers, dates, times, amounts, addresses of all kinds. */
const FACT = /\d|@|\p{L}\.\p{L}|:\/\//u
const PIECE = /\S+/gu
/** What makes bold, a link or a tag of the words beside it: they stay together as they are written. */
const MARKED = /[*_~`[\]<>{}#|\\]/u

/** Names as a text writes them: with a capital inside a sentence, or all in capitals. In small letters. */
export function namesIn(text: string): Set<string> {
  const inside = [...text.matchAll(/(?<=[\p{L}\d,;:)"'’/-]\s+|[(/"-])\p{Lu}[\p{L}'’]*/gu)].map(
    ([name]) => name,
  )
  const capitals = [...text.matchAll(/(?<!\p{L})\p{Lu}{2,}(?!\p{Ll})/gu)].map(([name]) => name)
  return new Set([...inside, ...capitals].map(name => name.toLowerCase()))
}

/** The facts of a text, as they are written but for capitals. */
export function factsIn(text: string): string[] {
  return [...text.matchAll(PIECE)].flatMap(([piece]) => {
    const bare = bareOf(piece)
    return FACT.test(bare) ? [bare.toLowerCase()] : []
  })
}

/** Without the marks around it. */
function bareOf(piece: string): string {
  return piece.replace(/^[^\p{L}\d+@]+|[^\p{L}\d%]+$/gu, '')
}

/** `names` are those of the text that counts; `known` words are roots. */
export function readSentences(
  text: string,
  names: ReadonlySet<string>,
  known: ReadonlySet<string>,
): Sentence[] {
  return text
    .split(/(?<=[.!?])\s+|\n+/u)
    .map(part => readSentence(part, names, known))
    .filter(({ guarded, roots }) => guarded.length + roots.length > 0)
}

function readSentence(text: string, names: ReadonlySet<string>, known: ReadonlySet<string>): Sentence {
  const sentence: Sentence = { guarded: [], roots: [] }
  for (const [piece] of text.matchAll(PIECE)) {
    if (MARKED.test(piece)) {
      sentence.guarded.push(piece.replace(/(?<![.,;:!?])[.,;:!?]+$/u, ''))
      continue
    }
    const bare = bareOf(piece)
    if (bare === '') continue
    if (FACT.test(bare)) {
      sentence.guarded.push(bare.toLowerCase())
      continue
    }
    for (const word of bare.toLowerCase().match(/\p{L}+(?:[-'’]\p{L}+)*/gu) ?? []) {
      const guarded = guardedAs(word) ?? (names.has(word) ? word : undefined)
      if (guarded !== undefined) sentence.guarded.push(guarded)
      else if (!BINDING.has(word)) sentence.roots.push(stem(word, known))
    }
  }
  return sentence
}
