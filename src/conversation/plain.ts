/** Longest reply that is read; channels cut at the same length. */
export const REPLY_MAX = 4096

/**
 * A text as it is compared: lower case, no accents or punctuation, one space between words, and digits of
 * every common script (full-width, keycap, Arabic-Indic) as ASCII. Apostrophes close up: Jum'at is jumat.
 */
export function plain(text: string): string {
  const lower = text.toLowerCase()
  // Nine replies in ten are ASCII; the general way costs six times as much.
  if (/^[\x20-\x7e]*$/.test(lower))
    return lower
      .replace(/['`]/g, '')
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()
  return lower
    .normalize('NFKD')
    .replace(/[\p{M}'’‘`ʼ\u200b-\u200f\u2060\ufeff]/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, digit => String(digit.charCodeAt(0) & 15))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()
}

/** Without repeated letters, as in *tidaaak* or *bataal*; both sides of a comparison are squeezed. */
export function squeeze(word: string): string {
  return word.replace(/(\p{L})\1+/gu, '$1')
}

/** A record's own entry. A plain look-up would find `constructor` in every record. */
export function own<T>(record: Record<string, T> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined
}
