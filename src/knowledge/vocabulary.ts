import { listed } from './listed.ts'
import { respellings, withoutClitic } from './spelling.ts'
import { stem } from './stem.ts'

export type WordsSource = {
  /** The usual spelling → short and slang spellings, with commas between. */
  short: Record<string, string>
  /** Words that say nothing about what is asked. */
  filler: string
  /** Words that say nothing by themselves, but belong to the phrases that have them. */
  light: string
  /** Words that say little, being said of nearly everything. */
  faint: string
  /** Roots of Indonesian words, with spaces between. */
  roots: string
}

/** A word in its usual spelling, and its root. */
export type Form = {
  word: string
  root: string
  /** Says nothing about what is asked. */
  filler: boolean
  /** A filler that a phrase keeps if it has it. */
  light: boolean
  /** Known, and said of nearly everything: it counts a little. */
  faint: boolean
  /** Whether the lexicon has it, in whatever form. */
  known: boolean
}

export type Vocabulary = {
  /** Whether these two words together are a short form, like "log in". */
  isShort: (first: string, second: string) => boolean
  /** The usual words for a written one; undefined when the lexicon has none. */
  usual: (raw: string) => Form[] | undefined
  /** A word the lexicon need not have, as it stands. */
  form: (word: string) => Form
  /** Every word the lexicon knows, in the usual spelling. */
  words: ReadonlySet<string>
}

/** Written words kept with what they mean; people write few different ones. */
const MOST_KEPT = 60_000

/** "keupload", "ngapply", "disubmitin": affixes of speech around a short form. */
const AFFIXED = /^(?:di|ke|nge|ng|ter)(.{3,}?)(?:in|kan|an|nya)?$/

/** The words of the lexicon: its own, and those its phrases are made of. */
export function createVocabulary(
  source: WordsSource,
  ofPhrases: (isShort: Vocabulary['isShort']) => string[],
): Vocabulary {
  const short = shortForms(source.short)
  const light = new Set(listed(source.light))
  const filler = new Set([...listed(source.filler), ...light])
  const faint = new Set(listed(source.faint))
  const roots = new Set(source.roots.split(/\s+/u).filter(root => root !== ''))
  // Words that end like a clitic and have none: "masalah" is no "masa".
  const plain = new Set([...filler, ...faint, ...roots])
  const words = new Set([...Object.keys(source.short).flatMap(word => word.split(' ')), ...plain])
  const openings = new Set([...short.keys()].flatMap(way => (way.includes(' ') ? [way.split(' ')[0]] : [])))
  const isShort = (first: string, second: string) => openings.has(first) && short.has(`${first} ${second}`)
  for (const raw of ofPhrases(isShort)) for (const word of short.get(raw) ?? [raw]) words.add(word)
  addRoots(roots, words)

  const form = kept((word: string): Form => {
    const cut = stem(word, roots)
    // "percobaan" is a matter of its own, "coba" is said of everything.
    const root = words.has(word) && (faint.has(cut) || filler.has(cut)) ? word : cut
    const known = words.has(word) || roots.has(root) || /^\d/.test(word)
    return { word, root, filler: filler.has(word), light: light.has(word), faint: faint.has(word), known }
  })

  const spelled = (raw: string): Form[] | undefined => {
    const told = short.get(raw)
    if (told !== undefined) return told.map(form)
    if (plain.has(raw)) return [form(raw)]
    const bare = withoutClitic(raw)
    if (bare !== undefined && (short.has(bare) || words.has(bare)))
      return (short.get(bare) ?? [bare]).map(form)
    if (form(raw).known) return [form(raw)]
    const core = short.get(AFFIXED.exec(raw)?.[1] ?? '')
    if (core !== undefined) return core.map(form)
    return bare !== undefined && form(bare).known ? [form(bare)] : undefined
  }

  const usual = kept((raw: string): Form[] | undefined => {
    for (const way of [raw, ...respellings(raw)]) {
      const forms = spelled(way)
      if (forms !== undefined) return forms
    }
    return undefined
  })
  return { isShort, usual, form, words }
}

function kept<Value>(make: (key: string) => Value): (key: string) => Value {
  const seen = new Map<string, Value>()
  return key => {
    const before = seen.get(key)
    if (before !== undefined || seen.has(key)) return before as Value
    const made = make(key)
    if (seen.size >= MOST_KEPT) seen.clear()
    seen.set(key, made)
    return made
  }
}

function shortForms(source: Record<string, string>): Map<string, string[]> {
  const forms = new Map<string, string[]>()
  for (const [word, ways] of Object.entries(source)) {
    for (const way of listed(ways)) forms.set(way, word.split(' '))
  }
  return forms
}

/** A word of the lexicon that comes of no known root is a root itself; short ones first, so that long ones may come of them. */
function addRoots(roots: Set<string>, words: ReadonlySet<string>): void {
  for (const word of [...words].toSorted((a, b) => a.length - b.length)) {
    if (!roots.has(stem(word, roots))) roots.add(word)
  }
}
