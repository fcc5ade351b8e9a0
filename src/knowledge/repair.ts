import { skeleton } from './spelling.ts'

/** Words shorter than this are not mended: too many others are as near. */
const SHORTEST = 4
/** Longer words are compared by their beginning; endings are what affixes change. */
const LONGEST = 14
/** A word is known by itself and by each form with one letter left out; most lists have one or two words. */
export type Speller = {
  add: (word: string) => void
  /** The word no longer counts; a word added twice counts twice. */
  remove: (word: string) => void
  nearest: (word: string) => string | undefined
}

/**
 * Finds the known word meant by a misspelt one: one letter wrong, missing, too many or changed with its neighbour; or all
 * consonants right and vowels left out. Both sides leave letters out, so a look-up costs as many steps as the word has letters.
 */
export function createSpeller(): Speller {
  const without = new Map<number, string | string[]>()
  const bySkeleton = new Map<string, string | string[]>()
  // A word that is gone stays in the lists, which are shared, and counts nothing.
  const counts = new Map<string, number>()
  const add = (word: string) => {
    const before = counts.get(word)
    counts.set(word, (before ?? 0) + 1)
    if (before !== undefined || word.length < SHORTEST || /\d/.test(word)) return
    for (const form of forms(word)) put(without, hash(form), word)
    put(bySkeleton, skeleton(word), word)
  }
  const remove = (word: string) => void counts.set(word, (counts.get(word) ?? 1) - 1)
  const nearest = (word: string) => {
    if ((counts.get(word) ?? 0) > 0) return word
    if (word.length < 3 || /\d/.test(word)) return undefined
    const found = new Map<string, number>()
    const weigh = (candidates: string | string[] | undefined, cost: (known: string) => number) => {
      for (const known of typeof candidates === 'string' ? [candidates] : (candidates ?? [])) {
        const costs = (counts.get(known) ?? 0) > 0 ? cost(known) : 3
        if (costs < (found.get(known) ?? 3)) found.set(known, costs)
      }
    }
    if (word.length >= SHORTEST)
      for (const form of forms(word)) weigh(without.get(hash(form)), known => distance(word, known))
    weigh(bySkeleton.get(skeleton(word)), known => vowelsMissing(word, known))
    return cheapest(word, found)
  }
  return { add, remove, nearest }
}

function put<Key>(lists: Map<Key, string | string[]>, key: Key, word: string): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, word)
  else if (typeof list === 'string') {
    if (list !== word) lists.set(key, [list, word])
  } else if (!list.includes(word) && list.length < 12) list.push(word)
}

function forms(word: string): string[] {
  const head = word.slice(0, LONGEST)
  const all = [head]
  for (let place = 0; place < head.length; place++) all.push(head.slice(0, place) + head.slice(place + 1))
  return all
}

function hash(text: string): number {
  let sum = 0
  for (let place = 0; place < text.length; place++) sum = (Math.imul(sum, 31) + text.charCodeAt(place)) | 0
  return sum
}

/** 1 for one slip, 2 for two; a vowel or a letter that sounds alike costs less, another first letter more; 3 is too far. */
function distance(word: string, known: string): number {
  const slips = edits(word, known)
  if (slips > 2 || (slips > 1 && Math.min(word.length, known.length) < 7)) return 3
  const short = Math.min(word.length, known.length) < 5 ? 0.5 : 0
  const first = word[0] === known[0] ? 0 : 0.6
  const alike = sound(word) === sound(known) ? -0.4 : 0
  return slips + short + first + alike
}

/** How many letters are wrong, missing, too many, or changed with their neighbour. */
function edits(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3
  let [older, old] = [
    new Array<number>(b.length + 1).fill(0),
    Array.from({ length: b.length + 1 }, (_, n) => n),
  ]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((old[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (old[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (older[j - 2] ?? 0) + 1)
      row.push(least)
    }
    ;[older, old] = [old, row]
  }
  return old[b.length] ?? 3
}

/** Spellings that sound the same: "pormasi" and "formasi", "aktip" and "aktif". */
function sound(word: string): string {
  return word
    .replace(/[fv]/g, 'p')
    .replace(/oe/g, 'u')
    .replace(/dj/g, 'j')
    .replace(/[zx]/g, 's')
    .replace(/q|kh|ch/g, 'k')
    .replace(/sy/g, 's')
    .replace(/y|ie/g, 'i')
    .replace(/h/g, '')
    .replace(/(.)\1/g, '$1')
}

/** "dftr" for "daftar": what was typed is the word without some vowels; 3 when it is not. */
function vowelsMissing(word: string, known: string): number {
  if (known.length - word.length > 5 || word[0] !== known[0]) return 3
  let at = 0
  for (const letter of known) {
    if (letter === word[at]) at += 1
    else if (!/[aeiou]/.test(letter)) return 3
  }
  return at === word.length ? 0.9 + (known.length - word.length) / 20 : 3
}

/** The cheapest, and among equals the longest common beginning; none when it costs too much. */
function cheapest(word: string, found: ReadonlyMap<string, number>): string | undefined {
  let [best, least] = [undefined as string | undefined, 1.65]
  for (const [known, cost] of found) {
    const less = cost - common(word, known) / 1000
    if (less < least) [best, least] = [known, less]
  }
  return best
}

function common(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return length
}
