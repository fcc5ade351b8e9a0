/** At most `most` characters (UTF-16, as platforms count), with an ellipsis where something is left out. */
export function cutLabel(label: string, most: number): string {
  if (label.length <= most) return label
  return `${takeWhole(label, most - 1).trimEnd()}…`
}

/**
 * Parts of at most `most` UTF-16 units, cut after a paragraph, a line, a sentence or a word where one ends in the
 * second half of the part, and never inside what a reader sees as one sign. Nothing is lost but the white space
 * at a cut. An empty text is one empty part.
 */
export function splitText(text: string, most: number): string[] {
  const parts: string[] = []
  let rest = text
  while (rest.length > most) {
    const head = takeWhole(rest, most)
    // White space right behind the part makes its end a break like any other, and loses nothing.
    const space = /^\s/.exec(rest.slice(head.length))?.[0] ?? ''
    const part = `${head}${space}`.slice(0, bestCut(`${head}${space}`))
    parts.push(part.trimEnd())
    rest = rest.slice(part.length).trimStart()
  }
  if (rest !== '' || parts.length === 0) parts.push(rest)
  return parts.filter((part, i) => part !== '' || i === 0)
}

const BREAKS = [/\n\n+/g, /\n/g, /[.!?…]\s+/g, /\s+/g]

/** Where to end a part: after the last of the best breaks in its second half, or at its end. */
function bestCut(head: string): number {
  for (const kind of BREAKS) {
    const ends = [...head.matchAll(kind)].map(found => found.index + found[0].length)
    const last = ends.at(-1)
    if (last !== undefined && last >= head.length / 2) return last
  }
  return head.length
}

const graphemes = new Intl.Segmenter('id', { granularity: 'grapheme' })

/** The longest beginning of at most `most` units that ends between two signs; a sign longer than that is broken. */
function takeWhole(text: string, most: number): string {
  // A sign is rarely longer than 64 units; looking at one window keeps the cost apart from the text's length.
  const window = text.slice(0, most + 64)
  let end = 0
  for (const { index, segment } of graphemes.segment(window)) {
    if (index + segment.length > most) break
    end = index + segment.length
  }
  if (end > 0) return text.slice(0, end)
  const isPair = /[\ud800-\udbff]/.test(text[most - 1] ?? '')
  return text.slice(0, Math.max(1, isPair ? most - 1 : most))
}
