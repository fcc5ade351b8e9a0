const ISOLATED = /\u2068[^\u2068\u2069]*\u2069/gu
/** So many marks on one letter no script has. */
const PILE = /\p{M}{5}/u
const TURNS = /\p{Bidi_Control}/u
const BREAKS = /(?![\n\t])[\p{Cc}\u2028\u2029]/u
/** Nobody sees them, wherever they stand; joiners and variants are seen where they join. */
const HIDES = /(?!\u200c|\u200d|[\ufe00-\ufe0f])\p{DI}/u
const HIDES_IN_LATIN = /[\p{sc=Latin}\p{N}][\u200c\u200d]|\p{sc=Latin}[\ufe00-\ufe0f]/u

/** What in a text would deceive whoever reads it; nothing when it may be shown. Isolates of ours come in pairs. */
export function deceits(text: string): string[] {
  const plain = text.replace(ISOLATED, isolated => isolated.slice(1, -1))
  return Object.entries({
    'half a pair': !text.isWellFormed(),
    turns: TURNS.test(plain),
    breaks: BREAKS.test(plain),
    hides: HIDES.test(plain) || HIDES_IN_LATIN.test(plain),
    'piles up': PILE.test(plain),
  }).flatMap(([name, found]) => (found ? name : []))
}
