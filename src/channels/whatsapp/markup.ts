const ISOLATE = '\u2068'
const END = '\u2069'
/** Joins two words without being seen: a sign beside it begins and ends no markup. */
const JOINER = '\u2060'

/**
 * A text as WhatsApp shows it: our own `*bold*` and `_italic_` are its markup too. What stands between isolates was written by
 * others: signs that WhatsApp would take for markup are parted from their words there by what nobody sees.
 */
export function shown(given: string): string {
  let text = ''
  // The beginning of a part whose isolate was opened in the one before.
  let inside = firstOf(given, END) < firstOf(given, ISOLATE)
  let begins = true
  for (const sign of given.toWellFormed()) {
    if (sign === ISOLATE) inside = true
    else if (sign === END) inside = false
    else {
      const isMarkup = inside && (/[*_~`]/.test(sign) || (begins && /[>-]/.test(sign)))
      text += isMarkup ? `${JOINER}${sign}${JOINER}` : sign
      begins = sign === '\n' || (begins && /\s/.test(sign))
    }
  }
  return text.trim()
}

function firstOf(text: string, sign: string): number {
  const at = text.indexOf(sign)
  return at === -1 ? Number.POSITIVE_INFINITY : at
}
