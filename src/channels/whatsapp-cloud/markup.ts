const ISOLATE = '\u2068'
const END = '\u2069'

/**
 * Signs that look the same and format nothing. WhatsApp knows no escape, and an invisible sign between would do on some phones and
 * not on others.
 */
const LIKE: Record<string, string> = { '*': '\u2217', _: '\u02cd', '~': '\u223c', '`': '\u02cb' }
/** Signs of WhatsApp's that are none of ours: they format nothing, whoever wrote them. */
const NEVER_OURS = new Set(['~', '`'])

/**
 * `*bold*` and `_italic_` are the same at WhatsApp. What stands between isolates was written by others: their signs are shown but do
 * nothing, also where a long message was cut inside. As long as before, but for the isolates' own signs.
 */
export function markUp(given: string): string {
  const text = given.toWellFormed().trim()
  // The beginning of a part whose isolate was opened in the one before.
  let inside = firstOf(text, END) < firstOf(text, ISOLATE)
  let shown = ''
  for (let i = 0; i < text.length; i += 1) {
    const sign = text.charAt(i)
    if (sign === ISOLATE) inside = true
    else if (sign === END) inside = false
    else shown += (inside || NEVER_OURS.has(sign)) && mayFormat(text, i) ? (LIKE[sign] ?? sign) : sign
  }
  return shown
}

function firstOf(text: string, sign: string): number {
  const at = text.indexOf(sign)
  return at === -1 ? Number.POSITIVE_INFINITY : at
}

/** Between two letters or digits a sign never formats: names of accounts and addresses stay what they are. */
function mayFormat(text: string, at: number): boolean {
  return text.charAt(at) === '`' || !(isWord(text.charAt(at - 1)) && isWord(text.charAt(at + 1)))
}

function isWord(sign: string): boolean {
  return /[\p{L}\p{N}]/u.test(sign)
}
