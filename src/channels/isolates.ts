const ISOLATE = '\u2068'
const END = '\u2069'

/**
 * A text without the isolates' own signs, and for each of its units whether others wrote it: whatever stands between isolates, also
 * where a long message was cut inside.
 */
export function withoutIsolates(given: string): { text: string; isOthers: (at: number) => boolean } {
  if (!given.includes(ISOLATE) && !given.includes(END)) return { text: given, isOthers: () => false }
  const others = new Set<number>()
  let text = ''
  // The beginning of a part whose isolate was opened in the one before.
  let inside = firstOf(given, END) < firstOf(given, ISOLATE)
  for (let i = 0; i < given.length; i += 1) {
    const sign = given.charAt(i)
    if (sign === ISOLATE) inside = true
    else if (sign === END) inside = false
    else {
      if (inside) others.add(text.length)
      text += sign
    }
  }
  return { text, isOthers: at => others.has(at) }
}

function firstOf(text: string, sign: string): number {
  const at = text.indexOf(sign)
  return at === -1 ? Number.POSITIVE_INFINITY : at
}
