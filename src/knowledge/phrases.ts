import type { Word } from './reader.ts'

/** A concept found in a text: the places of the words it was found in, and how sure that is, 0 to 1. */
export type Found = {
  concept: number
  places: number[]
  sure: number
  /** Its words all belong to a longer phrase as well: "cpns" in "ikut tes cpns". */
  inner: boolean
}

type Node = { next: Map<string, Node>; exact: number[]; loose: number[] }

/** Ways of saying things, as a tree of words. A `strict` phrase counts as it stands, fillers and all. */
export type Phrases = {
  add: (words: Word[], concept: number, strict: boolean) => void
  find: (words: Word[]) => Found[]
}

/** How sure a concept is when only the root of a word was found, and when a word stood in between. */
const BY_ROOT = 0.9
const WITH_GAP = 0.75

export function createPhrases(): Phrases {
  const top = node()
  return {
    add: (words, concept, strict) => {
      const telling = words.filter(word => !word.filler || word.light)
      const said = telling.length > 1 && !strict ? telling : words
      put(walkTo(top, said, 'word').exact, concept)
      // One word alone is not taken by its root: "berpulang" is to die, "pulang" to go home.
      if (!strict && said.length > 1) put(walkTo(top, said, 'root').loose, concept)
    },
    find: words => find(top, words),
  }
}

function node(): Node {
  return { next: new Map(), exact: [], loose: [] }
}

function put(list: number[], concept: number): void {
  if (!list.includes(concept)) list.push(concept)
}

function walkTo(top: Node, words: Word[], form: 'word' | 'root'): Node {
  let at = top
  for (const word of words) {
    let next = at.next.get(word[form])
    if (next === undefined) {
      next = node()
      at.next.set(word[form], next)
    }
    at = next
  }
  return at
}

/** Every concept that is said; fillers between the words do not matter. */
function find(top: Node, words: Word[]): Found[] {
  const found: Found[] = []
  for (let start = 0; start < words.length; start++) walk(top, words, start, found)
  return longest(found)
}

type Step = { at: Node; next: number; sure: number; taken: number[]; gap: boolean }

function walk(top: Node, words: Word[], start: number, found: Found[]): void {
  const open: Step[] = [{ at: top, next: start, sure: 1, taken: [], gap: false }]
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    const word = words[step.next]
    // A phrase does not reach over a comma or a full stop.
    if (word === undefined || word.clause !== words[start]?.clause) continue
    const { next } = step.at
    go(step, next.get(word.word), 1, open, found)
    if (isDigit(word.word)) go(step, next.get(isAge(word.word) ? '00' : '0'), 1, open, found)
    if (word.root !== word.word && next.has(word.root) && !meansItsOwn(top, word))
      go(step, next.get(word.root), BY_ROOT, open, found)
    if (step.taken.length > 0) stepOver(step, word, open)
  }
}

function go(step: Step, at: Node | undefined, sure: number, open: Step[], found: Found[]): void {
  if (at === undefined) return
  const taken = [...step.taken, step.next]
  const reached = { at, next: step.next + 1, sure: step.sure * sure, taken, gap: step.gap }
  end(reached, found)
  if (at.next.size > 0) open.push(reached)
}

/** Any filler, and one word that says little, may stand inside a phrase: "nik saya sudah lama dipakai". */
function stepOver(step: Step, word: Word, open: Step[]): void {
  const next = step.next + 1
  if (word.filler) open.push({ ...step, next })
  else if (!step.gap && (word.faint || !word.known))
    open.push({ ...step, next, sure: step.sure * WITH_GAP, gap: true })
}

/** Words as they stand in the lexicon say more than words of the same root: "pengumuman" is not "umum". */
function end({ at, sure, taken }: Step, found: Found[]): void {
  const [meant, surely] = at.exact.length > 0 ? [at.exact, sure] : [at.loose, sure * BY_ROOT]
  for (const concept of meant) found.push({ concept, places: taken, sure: surely, inner: false })
}

function isDigit(word: string): boolean {
  const code = word.charCodeAt(0)
  return code >= 48 && code <= 57
}

/** In a phrase of the lexicon "0" is any number and "00" one from 15 to 70, which may be an age. */
function isAge(word: string): boolean {
  return Number(word) >= 15 && Number(word) <= 70
}

/** "penghasilan" is pay, not a "hasil": a word that names a concept its root does not name is not read by its root. */
function meansItsOwn(top: Node, { word, root }: Word): boolean {
  const own = top.next.get(word)?.exact ?? []
  const ofRoot = top.next.get(root)?.exact ?? []
  return own.length > 0 && !own.some(concept => ofRoot.includes(concept))
}

/** Marks those whose words all belong to a longer one; of the same words only the surest reading counts. */
function longest(found: Found[]): Found[] {
  const kept: Found[] = []
  const size = (one: Found) => one.places.length
  for (const one of found.toSorted((a, b) => size(b) - size(a) || b.sure - a.sure)) {
    const around = kept.filter(other => isInside(one.places, other.places))
    const same = around.some(
      other => other.concept === one.concept || (size(other) === size(one) && other.sure > one.sure + 0.01),
    )
    if (!same) kept.push({ ...one, inner: around.some(other => size(other) > size(one)) })
  }
  return kept
}

function isInside(places: number[], others: number[]): boolean {
  if ((places[0] ?? 0) < (others[0] ?? 0) || (places.at(-1) ?? 0) > (others.at(-1) ?? 0)) return false
  return places.every(place => others.includes(place))
}
