/**
 * Text as it was typed, without what deceives a reader or breaks a terminal: control characters, and those that turn
 * the direction of writing. Line breaks become \n; half a surrogate pair becomes the replacement character.
 */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\t\n])[\p{Cc}\p{Bidi_Control}]/gu, '')
}

/** Typed on every keyboard, and all there is in most of what is said: nothing to look for. */
const PLAIN = /^[\n\x20-\x7e]*$/
/** What is there and cannot be seen. Joiners and variants make emoji and letters of other scripts, so they are looked at below. */
const UNSEEN =
  /(?![\u2068\u2069])(?:[\p{Bidi_Control}]|(?![\n\t])\p{Cc}|(?!\u200c|\u200d|[\ufe00-\ufe0f])\p{DI})/gu
/**
 * A joiner that joins nothing: behind a letter or digit of ours, or with nothing to join to. Our letters have no variants either, also not
 * behind such a joiner. An isolate is nothing to be joined.
 */
const LOOSE =
  /(?<![^\p{sc=Latin}\p{N}\s\u2068\u2069])[\u200c\u200d](?:[\u200c\u200d]|[\ufe00-\ufe0f])*|[\u200c\u200d]+(?![\p{L}\p{M}\p{Extended_Pictographic}])|(?<=\p{sc=Latin})[\ufe00-\ufe0f]+/gu
/** More marks on one letter than any script has: they run over the lines above and below. */
const PILED = /(\p{M}{4})\p{M}+/gu
/** Isolates that stand around something; see `as-written`. */
const ISOLATED = /\u2068([^\u2068\u2069]*)\u2069|[\u2068\u2069]/gu

/**
 * A copy for eyes, of whatever anybody wrote: what is sent, put on a page, into a chart, a table or a terminal goes through here, and
 * what is kept stays as it was. Without what turns the direction, breaks a terminal or hides, and with no more marks on a letter than
 * scripts have; our own isolates stay where they stand in pairs.
 */
export function shown(text: string): string {
  if (PLAIN.test(text)) return text
  return (
    text
      .toWellFormed()
      .replace(/\r\n?|[\u2028\u2029]/g, '\n')
      // First, since what is left of a pair would keep the rest of it apart from its letter.
      .replace(ISOLATED, (found, inner?: string) => (inner === undefined ? '' : found))
      .replace(UNSEEN, '')
      .replace(LOOSE, '')
      .replace(PILED, '$1')
  )
}

/** The same on one line, as a cell of a terminal's list has it. */
export function shownLine(text: string): string {
  return shown(text).replace(/\s+/gu, ' ').trim()
}

const OURS = /\p{sc=Latin}/u
/** Scripts with letters that look like Latin ones. */
const ALIKE = /[\p{sc=Cyrillic}\p{sc=Greek}\p{sc=Armenian}\p{sc=Cherokee}\p{sc=Coptic}\p{sc=Lisu}]/u

/** Whether a word mixes letters that only look the same: a name so written is another than the one it is read as. */
export function looksAlike(text: string): boolean {
  return text
    .normalize('NFKC')
    .split(/[^\p{L}\p{M}]+/u)
    .some(word => OURS.test(word) && ALIKE.test(word))
}

/** A name on one line: cleaned, spaces folded, without what cannot be seen. */
export function cleanName(name: string): string {
  return cleanText(name)
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Characters as people count them nearly: an emoji outside the basic plane is one, not two. */
export function characters(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
