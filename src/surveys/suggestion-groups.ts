import { maskPersonal } from '../lib/mask.ts'

/** Suggestions that share a word: how many, and a few of them with what identifies people masked. */
export type SuggestionGroup = { word: string; count: number; examples: string[] }

/** Words that say nothing of what a suggestion is about. */
const EMPTY = new Set(
  `yang dan untuk dengan tidak lebih agar supaya sudah akan bisa dapat pada dari juga atau karena kalau oleh saya kami kita mohon tolong
semoga sangat sekali lagi masih belum harus perlu saran pelayanan layanan kantor tidaknya adalah ini itu jangan terus tetap biar dalam
ada para setiap saat sebaiknya ditingkatkan tingkatkan lewati please more should with that this service office need have very`.split(
    /\s+/,
  ),
)

const MOST_GROUPS = 8
const MOST_EXAMPLES = 3
const LONGEST = 200

/** The commonest word first, with all that holds it; then the commonest of what is left. What shares no word stands together at the end. */
export function groupSuggestions(texts: string[]): SuggestionGroup[] {
  let left = texts.map(text => ({ text, words: wordsOf(text) }))
  const groups: SuggestionGroup[] = []
  while (groups.length < MOST_GROUPS) {
    const word = commonest(left.map(({ words }) => words))
    if (word === undefined) break
    const own = left.filter(({ words }) => words.has(word))
    groups.push(groupOf(word, own))
    left = left.filter(one => !own.includes(one))
  }
  return left.length === 0 ? groups : [...groups, groupOf('', left)]
}

function groupOf(word: string, own: { text: string }[]): SuggestionGroup {
  const examples = own.slice(0, MOST_EXAMPLES).map(({ text }) => maskPersonal(text).slice(0, LONGEST))
  return { word, count: own.length, examples }
}

/** The word most of them hold, if two do. */
function commonest(all: ReadonlySet<string>[]): string | undefined {
  const counts = new Map<string, number>()
  for (const words of all) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const [first] = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return first !== undefined && first[1] > 1 ? first[0] : undefined
}

function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? []
  return new Set(words.map(word => word.replace(/(?<=.{4})nya$/u, '')).filter(word => !EMPTY.has(word)))
}
