/** How many letters a root has at least. */
const SHORTEST = 3

const SUFFIXES = ['', 'kan', 'an', 'in', 'i', 'nin', 'kin']

/** What is left when a prefix is taken off; a nasal may have swallowed the first letter. */
type Cut = (word: string) => string[]

const starts =
  (prefix: string, ...swallowed: string[]): Cut =>
  word =>
    word.startsWith(prefix) ? ['', ...swallowed].map(letter => letter + word.slice(prefix.length)) : []

/** Nasal prefixes, formal (me-, pe-) and as spoken: "ngurus", "nyari", "nulis", "mbuat", "ngecek". */
const NASAL: Cut[] = ['me', 'pe', ''].flatMap(head => [
  starts(`${head}nge`),
  starts(`${head}ng`, 'k'),
  starts(`${head}ny`, 's', 'c'),
  starts(`${head}n`, 't', 's'),
  starts(`${head}m`, 'p'),
  ...(head === '' ? [] : [starts(head)]),
])

const PREFIXES: Cut[] = [
  ...['di', 'ke', 'ter', 'ber', 'be', 'per', 'pel', 'bel', 'se', 'ku', 'kau', 'ng'].map(head => starts(head)),
  ...NASAL,
  ...['memper', 'diper', 'keber', 'pember', 'keter', 'dike', 'menge', 'penge'].map(head => starts(head)),
]

/**
 * The root of a word: what is left when affixes are taken off and the rest is a known root, the one with the fewest letters taken.
 * A word without a known root is cut only where that is nearly always right, so that both sides of a comparison agree.
 */
export function stem(word: string, roots: ReadonlySet<string>): string {
  if (word.length <= SHORTEST || roots.has(word) || /\d/.test(word)) return word
  let best = ''
  for (const body of bodies(word)) {
    for (const root of [body, ...PREFIXES.flatMap(cut => cut(body))]) {
      if (root.length > best.length && root.length >= SHORTEST && roots.has(root)) best = root
    }
  }
  return best === '' ? cautious(word) : best
}

function bodies(word: string): string[] {
  return SUFFIXES.filter(suffix => word.endsWith(suffix)).map(suffix =>
    word.slice(0, word.length - suffix.length),
  )
}

function cautious(word: string): string {
  const bare = word.replace(/^(?:di|me|mem|men|meng|ber|ter)(?=.{5})/, '').replace(/(?<=.{4})kan$/, '')
  return bare.length >= 4 ? bare : word
}
