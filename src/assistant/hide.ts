import { maskPersonal } from '../lib/mask.ts'
import { GIVEN_NAMES } from './given-names.ts'
import { BINDING } from './plain-words.ts'

/** What is known of a text before it is hidden. */
export type Hiding = {
  /** Names that are known to belong to its writer, or to anybody else: hidden wherever they stand. */
  names: readonly string[]
  /** Words of the office's own articles and lexicon, in small letters: they are nobody's name. */
  known: ReadonlySet<string>
  /** Only known words stay. For questions, which are understood by such words alone. */
  onlyKnown?: true
}

/** Digits of any script, and what people put between those of one number. */
const GAP = '[\\s.,()/_+–—•·*|:-]{0,3}'
const LONG_NUMBER = new RegExp(`\\+?\\(?\\d(?:${GAP}\\d){4,}`, 'g')
const SPOKEN = '(?:nol|kosong|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)'
const SPOKEN_NUMBER = new RegExp(`\\b${SPOKEN}(?:[\\s,.-]+${SPOKEN}){4,}\\b`, 'gi')
const LINK = /\b(?:[a-z][a-z0-9+.-]{0,20}:\/\/\S+|(?:[\w-]{1,63}\.){1,8}[a-z]{2,}(?:\/\S*)?)/gi
/** Ticket codes, receipts, plates, tokens: letters and digits mixed, or in groups. */
const CODE =
  /(?<![\p{L}\d])(?=[\p{L}\d-]{0,40}\d)(?=[\p{L}\d-]{0,40}\p{L})[\p{L}\d]{2,}(?:-[\p{L}\d]{2,}){0,6}(?![\p{L}\d])/gu
const PLATE = /\b[A-Z]{1,2}\s?\d{1,4}\s?[A-Z]{1,3}\b/g
const NUMBERED = "(?:[ ,]+(?:[Nn][Oo]\\.?(?=\\s*\\d)|\\p{Lu}[\\p{L}\\d'’-]*|\\d+[a-zA-Z]?))*"
/** A street by its name: "jalan rusak" is none. */
const STREET = new RegExp(
  `(?<!\\p{L})(?:(?:[Jj][Ll][Nn]?|[Gg]{2}|[Dd]sn|[Ll]r)\\.?\\s+[\\p{L}\\d'’-]+|(?:[Jj]alan|JALAN|[Gg]ang|[Dd]usun|[Ll]orong|[Kk]omplek(?:s)?|[Pp]erum(?:ahan)?)\\s+\\p{Lu}[\\p{L}\\d'’-]*)${NUMBERED}`,
  'gu',
)
const HOUSE = /(?<!\p{L})(?:rt|rw|no|nomor|blok)\.?\s*(?:\/\s*)?\p{L}?\d{1,4}\p{L}?(?!\d|[\s.-]\d{2,})/giu
/** Behind these stands a person. */
const TITLES =
  'nama\\s+(?:saya|istri|suami|anak|ibu|bapak|ayah)|nama|bernama|atas\\s+nama|a\\.?\\s?n\\.?|bapak|pak|ibu|bu|sdri?|saudar[ai]|kak|kakak|' +
  'bang|abang|mas|mbak|haji|hj|drs?|ir|ust(?:ad|az|adz)?'
const WORD = "\\p{L}[\\p{L}'’.-]*"
const TITLE = new RegExp(`(?<!\\p{L})(${TITLES})\\.?\\s+(${WORD}(?:\\s+${WORD}){0,3}\\s*)`, 'giu')
/** With capitals, whatever the words are: "saya Bintang Setia". All in capitals is an office or a shout. */
const NAMED = "\\p{Lu}\\p{Ll}[\\p{L}'’.-]*"
const PERSON = new RegExp(`(?<!\\p{L})((?i:${TITLES}|saya|aku)\\.?\\s+)${NAMED}(?:\\s+${NAMED}){0,3}`, 'gu')
const CAPITAL = /(?<![\p{L}[])\p{Lu}[\p{L}'’-]*(?:\s+\p{Lu}[\p{L}'’.-]*)*/gu

/**
 * A text as a model may see it: without numbers of 5 digits and more that are no date or amount, spoken or written, without links,
 * accounts, codes, streets and names. What cannot be told from an ordinary word by any of this stays; how much that is, is measured
 * (`accept llm-mask`). What was hidden says in brackets what it was.
 */
export function hide(text: string, hiding: Hiding): string {
  const plain = withoutNames(folded(text), hiding.names)
  const masked = withoutNumbers(plain)
  const nameless = withoutPeople(masked, hiding.known)
  return hiding.onlyKnown ? knownAlone(nameless, hiding.known) : nameless
}

/** One way of writing each letter and digit, nothing that cannot be seen. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, sign => (/\s/.test(sign) ? ' ' : ''))
    .replace(/\p{Nd}/gu, digit => (/\d/.test(digit) ? digit : String(digitOf(digit))))
    .replace(/[[\]]/g, ' ')
}

/** Digits stand in runs of ten, each from zero: the value of one in a script of its own. */
function digitOf(digit: string): number {
  let zero = digit.codePointAt(0) ?? 0
  const at = zero
  while (at - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1
  return at - zero
}

function withoutNames(text: string, names: readonly string[]): string {
  const parts = names.flatMap(name => [name, ...name.split(/\s+/)]).map(part => folded(part).trim())
  const whole = [...new Set(parts)].filter(part => part.length >= 3).toSorted((a, b) => b.length - a.length)
  if (whole.length === 0) return text
  const any = whole.map(part => part.replace(/[^\p{L}\d]+/gu, '[^\\p{L}\\d]+')).join('|')
  return text.replace(new RegExp(`(?<!\\p{L})(?:${any})(?!\\p{L})`, 'giu'), '[nama]')
}

function withoutNumbers(text: string): string {
  return maskPersonal(text)
    .replace(LINK, '[tautan]')
    .replace(STREET, '[alamat]')
    .replace(HOUSE, '[alamat]')
    .replace(CODE, found => (ORDINARY.test(found) ? found : '[kode]'))
    .replace(PLATE, '[kode]')
    .replace(LONG_NUMBER, found => (isDateOrAmount(found) ? found : '[nomor]'))
    .replace(SPOKEN_NUMBER, '[nomor]')
}

/** "p3k", "s1", "17an", "2x", "50rb": short, and with at most three digits. */
const ORDINARY =
  /^(?:\p{L}{1,3}\d{1,2}\p{L}{0,3}|\d{1,3}(?:an|x|jt|rb|th|thn|hr|jam|cm|mb|kb|juta|ribu|hari|tahun|bulan))$/iu

/** Written with a capital, and nobody. */
const UNITS: ReadonlySet<string> = new Set(['rp', 'wib', 'wita', 'wit', 'tgl', 'jam', 'nik', 'kk', 'nip'])

function isDateOrAmount(found: string): boolean {
  const text = found.trim()
  return (
    /^(?:\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d{4}-\d{2}-\d{2})$/.test(text) ||
    /^\d{1,3}(?:\.\d{3}){1,3}$/.test(text)
  )
}

function withoutPeople(text: string, known: ReadonlySet<string>): string {
  const isWord = (word: string) => [known, BINDING, UNITS].some(words => words.has(word.toLowerCase()))
  return text
    .replace(PERSON, '$1[nama]')
    .replace(TITLE, (_, title: string, behind: string) => {
      const words = behind.trim().split(/\s+/)
      const named = words.findIndex(isWord)
      const rest = named === -1 ? [] : words.slice(named)
      const space = /\s$/.test(behind) ? ' ' : ''
      return named === 0
        ? `${title} ${behind}`
        : `${title} [nama]${rest.length > 0 ? ` ${rest.join(' ')}` : ''}${space}`
    })
    .replace(CAPITAL, found =>
      found
        .split(/\s+/)
        .map(word => (isWord(word.replace(/(?<![.'’-])[.'’-]+$/, '')) ? word : '[nama]'))
        .join(' '),
    )
    .replace(/(?<![\p{L}[])\p{L}+/gu, word => (GIVEN_NAMES.has(word.toLowerCase()) ? '[nama]' : word))
    .replace(/\[nama\](?:\s+\[nama\])+/g, '[nama]')
}

function knownAlone(text: string, known: ReadonlySet<string>): string {
  return text
    .replace(/\[[^\][]*\]|[\p{L}][\p{L}'’-]*/gu, word =>
      word.startsWith('[') || known.has(word.toLowerCase()) || BINDING.has(word.toLowerCase()) ? word : '[…]',
    )
    .replace(/\[…\](?:\s+\[…\])+/g, '[…]')
}
