import { withoutIsolates } from './isolates.ts'

/**
 * Signs that look the same and format nothing. WhatsApp knows no escape, and an invisible sign between would do on some phones and
 * not on others.
 */
const LIKE: Record<string, string> = { '*': '\u2217', _: '\u02cd', '~': '\u223c', '`': '\u02cb' }
/** Signs of WhatsApp's that are none of ours: they format nothing, whoever wrote them. */
const NEVER_OURS = new Set(['~', '`'])

/**
 * A text as WhatsApp shows it, by whichever way it goes there: `*bold*` and `_italic_` are the same. What stands between isolates
 * was written by others: their signs are shown but do nothing. As long as before, but for the isolates' own signs.
 */
export function markUp(given: string): string {
  const { text, isOthers } = withoutIsolates(given.toWellFormed().trim())
  let shown = ''
  for (let i = 0; i < text.length; i += 1) {
    const sign = text.charAt(i)
    shown += (isOthers(i) || NEVER_OURS.has(sign)) && mayFormat(text, i) ? (LIKE[sign] ?? sign) : sign
  }
  return shown
}

/** Between two letters or digits a sign never formats: names of accounts and addresses stay what they are. */
function mayFormat(text: string, at: number): boolean {
  return text.charAt(at) === '`' || !(isWord(text.charAt(at - 1)) && isWord(text.charAt(at + 1)))
}

function isWord(sign: string): boolean {
  return /[\p{L}\p{N}]/u.test(sign)
}
