import { writtenNumber } from './spoken-numbers.ts'

/** A written word, and the numbers of the sentence and of the clause it stands in. */
export type Written = { raw: string; sentence: number; clause: number }

const ADDRESS = /(?:https?:\/\/|www\.)\S+/gu
const PIECE = /[\p{L}\p{N}]+(?:[-'’.,/][\p{L}\p{N}]+)*|[?!;\n,:()]|\.(?=\s|$)/gu
/** The same for plain letters, which most texts have alone: a third of the time. */
const PLAIN_PIECE = /[a-z0-9]+(?:[-'.,/][a-z0-9]+)*|[?!;\n,:()]|\.(?=\s|$)/g

/**
 * The words of a text, lower case, at most `limit`: what comes after the first hundreds says nothing about the question.
 * Marks and pictures fall away, "e-ktp" is one word, "surat-surat" and "berkas2" are said once.
 */
export function splitWords(text: string, limit = 400): Written[] {
  const words: Written[] = []
  let [sentence, clause] = [0, 0]
  for (const piece of pieces(text)) {
    if (MARKS.includes(piece)) {
      const last = words.at(-1)
      if (last?.clause === clause) clause += 1
      if (ENDS.includes(piece) && last?.sentence === sentence) sentence += 1
      continue
    }
    if (/^\p{L}+$/u.test(piece)) words.push({ raw: piece, sentence, clause })
    else for (const raw of wordsOf(piece)) words.push({ raw, sentence, clause })
    if (words.length >= limit) break
  }
  return withDigits(words.slice(0, limit)).map(yearsAfterNumber)
}

function withDigits(words: Written[]): Written[] {
  const raws = words.map(({ raw }) => raw)
  const written: Written[] = []
  for (let place = 0; place < words.length; ) {
    const number = writtenNumber(raws, place)
    const word = words[place]
    if (word !== undefined) written.push(number === undefined ? word : { ...word, raw: number.digits })
    place += number?.length ?? 1
  }
  return written
}

/** "20 th" is years; alone, TH is a kind of honorary worker. */
function yearsAfterNumber(word: Written, place: number, all: Written[]): Written {
  return word.raw === 'th' && /^\d+$/.test(all[place - 1]?.raw ?? '') ? { ...word, raw: 'tahun' } : word
}

const ENDS = '?!;\n.'
const MARKS = `${ENDS},:()`

function pieces(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of plain ASCII is meant
  const isPlain = /^[\u0000-\u007f]*$/.test(text)
  const folded = isPlain ? text : text.normalize('NFKC').replace(/\p{Cf}/gu, '')
  const plain = folded.toLowerCase()
  const bare = plain.includes('//') || plain.includes('www.') ? plain.replace(ADDRESS, ' ') : plain
  return bare.match(isPlain ? PLAIN_PIECE : PIECE) ?? []
}

function wordsOf(piece: string): string[] {
  const parts = piece.split(/[-'’.,/]/u).filter(part => part !== '')
  if (parts.length === 1) return withUnit(piece)
  // Times and amounts are one: "08.00", "2,75", "1x24".
  if (parts.every(part => /^\d+$/.test(part))) return [piece.replace(/[-'’/,]/gu, '.')]
  const [first = '', second = ''] = parts
  if (parts.length === 2 && piece.includes('-')) {
    if (second.startsWith(first)) return [second]
    if (first.endsWith(second)) return [first]
    // "e-ktp", "non-asn", "ak-1", "pas-foto" are told apart by the lexicon, which knows some of them as one word.
    return first.length === 1 || /^\d$/.test(second) ? [first + second] : parts
  }
  return parts
}

/** "17thn", "50jt", "2x", "100rb": a number and what it counts. */
function withUnit(word: string): string[] {
  const parts =
    /^(\d+)(th|thn|tahun|bln|bulan|hr|hari|jt|juta|rb|ribu|menit|mnt|x|kali|org|orang|jam|kb|mb|cm|minggu)$/.exec(
      word,
    )
  const [, number = '', unit = ''] = parts ?? []
  return parts === null ? [word] : [number, unit === 'th' ? 'tahun' : unit]
}
