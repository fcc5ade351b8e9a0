/** Chance from 0 to below 1. */
export type Chance = () => number

/** Inputs do not grow beyond this: longer ones find little that shorter ones do not, and take their time. A seed may be longer. */
const LONGEST = 3000

/** Signs and words that trip readers over, whatever they read. */
const ODD = [
  ...[
    '',
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\0',
    '"',
    "'",
    '\\',
    '/',
    ',',
    ';',
    ':',
    '.',
    '-',
    '#',
    '=',
    '@',
    '%',
    '&',
    '<',
    '>',
    '[',
    ']',
    '{',
    '}',
  ],
  ...[
    '\ud800',
    '\udfff',
    '\u202e',
    '\u200b',
    '\ufeff',
    '\u0301',
    '👩‍👩‍👧',
    'İ',
    'ß',
    'ﬀ',
    '１',
    '٣',
    '½',
    '²',
    '一',
  ],
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', 'true'],
  ...[
    '0',
    '-0',
    '00',
    '1',
    '-1',
    '9',
    '31',
    '32',
    '60',
    '99',
    '255',
    '256',
    '1e9',
    '65536',
    '2147483648',
    '9007199254740993',
    '1e400',
  ],
  ...['2028-02-29', '2026-13-45', '0000-00-00', '9999-12-31', '24:00', '23:59', '99:99'],
]

const below = (chance: Chance, count: number) => Math.floor(chance() * count)
export const pick = <T>(chance: Chance, from: readonly T[]): T => from[below(chance, from.length)] as T

/** Changes a text in one to four places; `words` are those of the sources, `other` is another input worth keeping. */
export function changeText(chance: Chance, text: string, words: readonly string[], other: string): string {
  let changed = text
  for (let left = 1 + below(chance, 4); left > 0; left -= 1)
    changed = changeOnce(chance, changed, words, other)
  return changed.slice(0, Math.max(LONGEST, text.length))
}

function changeOnce(chance: Chance, text: string, words: readonly string[], other: string): string {
  const at = below(chance, text.length + 1)
  const to = Math.min(text.length, at + 1 + below(chance, chance() < 0.8 ? 4 : 40))
  const [before, part, behind] = [text.slice(0, at), text.slice(at, to), text.slice(to)]
  switch (below(chance, 10)) {
    case 0:
      return before + behind
    case 1:
      return `${before}${part}${part}${behind}`
    case 2:
      return before + pick(chance, ODD) + part + behind
    case 3:
      return before + pick(chance, ODD) + behind
    case 4:
      return words.length === 0 ? text : before + pick(chance, words) + part + behind
    case 5:
      return words.length === 0 ? text : `${before}${pick(chance, words)} ${behind}`
    case 6: {
      const from = below(chance, other.length + 1)
      return before + other.slice(from, from + 1 + below(chance, 60)) + behind
    }
    case 7:
      return before + String.fromCharCode(32 + below(chance, 95)) + behind
    case 8:
      return text.replace(/\d+/, digits => (chance() < 0.5 ? String(Number(digits) + 1) : digits + digits))
    default:
      return chance() < 0.5 ? before + part.toUpperCase() + behind : `${behind} ${before}`
  }
}

type Tree = unknown

/** The same for JSON: a value somewhere in it becomes another, goes, or comes. What is no JSON is changed as text. */
export function changeJson(chance: Chance, text: string, words: readonly string[], other: string): string {
  if (chance() < 0.1) return changeText(chance, text, words, other)
  let tree: Tree
  try {
    tree = JSON.parse(text)
  } catch {
    return changeText(chance, text, words, other)
  }
  for (let left = 1 + below(chance, 3); left > 0; left -= 1) tree = changeNode(chance, tree, words, 0)
  return (JSON.stringify(tree) ?? 'null').slice(0, LONGEST * 4)
}

function changeNode(chance: Chance, node: Tree, words: readonly string[], depth: number): Tree {
  const isBranch = typeof node === 'object' && node !== null
  if (!isBranch || chance() < 0.12) return anything(chance, node, words)
  const names = Object.keys(node)
  const name = names.length === 0 ? 'x' : pick(chance, names)
  const how = chance()
  if (Array.isArray(node)) {
    if (how < 0.1) return node.toSpliced(Number(name) || 0, 1)
    if (how < 0.2) return [...node, ...node]
    return node.map((one, n) => (String(n) === name ? changeNode(chance, one, words, depth + 1) : one))
  }
  const copy: Record<string, unknown> = { ...node }
  if (how < 0.1) delete copy[name]
  else if (how < 0.25)
    copy[pick(chance, words.length === 0 ? ODD : words)] = anything(chance, copy[name], words)
  else copy[name] = changeNode(chance, copy[name], words, depth + 1)
  return copy
}

function anything(chance: Chance, node: Tree, words: readonly string[]): Tree {
  if (typeof node === 'string' && chance() < 0.6) return changeText(chance, node, words, '')
  return pick<Tree>(chance, [
    null,
    true,
    false,
    0,
    -1,
    1.5,
    2 ** 53,
    -(2 ** 31),
    1e308,
    '',
    [],
    {},
    [null],
    [[]],
    { x: {} },
    'x'.repeat(300),
    pick(chance, ODD),
    pick(chance, words.length === 0 ? ODD : words),
    [node],
    { id: node },
    String(node),
    Number(node),
  ])
}
