import { respellings, withoutClitic } from './spelling.ts'
import { splitWords, type Written } from './split-words.ts'
import { createVocabulary, type Form, type Vocabulary, type WordsSource } from './vocabulary.ts'

/** A word as read, and where it stands. */
export type Word = Form & { raw: string; sentence: number; clause: number }

/** The known word meant by one the lexicon does not have; undefined when there is none. */
export type Mend = (word: string) => string | undefined

export type Reader = {
  /** The words of a text in their usual spelling. Only questions are mended: articles are taken at their word. */
  read: (text: string, mend?: Mend) => Word[]
  words: ReadonlySet<string>
}

/** Reads text as people write it. Domain words come before slang: KK, SK, SMA and TH are what they are here. */
export function createReader(source: WordsSource, phrases: string[]): Reader {
  const vocabulary = createVocabulary(source, isShort =>
    phrases.flatMap(phrase => joined(splitWords(phrase), isShort).map(({ raw }) => raw)),
  )
  const { usual, form, isShort } = vocabulary
  const read = (text: string, mend?: Mend) =>
    joined(splitWords(text), isShort).flatMap(({ raw, sentence, clause }) =>
      (usual(raw) ?? [form(mended(raw, mend))]).map(
        ({ word, root, filler, light, faint, known }): Word => ({
          word,
          root,
          filler,
          light,
          faint,
          known,
          raw,
          sentence,
          clause,
        }),
      ),
    )
  return { read, words: vocabulary.words }
}

function mended(raw: string, mend: Mend | undefined): string {
  const bare = withoutClitic(raw) ?? raw
  if (mend === undefined) return bare
  for (const way of new Set([raw, bare, ...respellings(bare)])) {
    const meant = mend(way)
    if (meant !== undefined) return meant
  }
  return bare
}

/** Two written words that are one short form, like "log in" and "passing grade", become one. */
function joined(written: Written[], isShort: Vocabulary['isShort']): Written[] {
  const all: Written[] = []
  for (let place = 0; place < written.length; place++) {
    const [one, after] = [written[place], written[place + 1]]
    if (one === undefined) continue
    if (after?.clause === one.clause && isShort(one.raw, after.raw)) {
      all.push({ ...one, raw: `${one.raw} ${after.raw}` })
      place += 1
    } else all.push(one)
  }
  return all
}
