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
