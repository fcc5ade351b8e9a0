import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
} from 'yaml'
import type { Problem } from './problem.ts'

/** A YAML file once it is read: everything in it is text, lists and maps, and every part knows its line. */
export type Source = {
  file: string
  data: unknown
  /** The line of what stands at this path, or of the nearest thing around it that exists. */
  lineOf(path: PropertyKey[]): number
}

const LARGEST = 500_000
const DEEPEST = 20

/** Reads YAML by the failsafe schema, so that 0812 stays text. Undefined when it is not to be used at all. */
export function readSource(file: string, text: string, problems: Problem[]): Source | undefined {
  const wrong = (line: number, what: string) => void problems.push({ file, line, text: what })
  if (text.length > LARGEST) {
    wrong(1, `the file has ${text.length} characters; split it, ${LARGEST} is the most that is read`)
    return undefined
  }
  const deep = deepLine(text)
  if (deep !== undefined) {
    wrong(deep, `this is nested more than ${DEEPEST} deep; write it flatter`)
    return undefined
  }
  const counter = new LineCounter()
  const lineAt = (offset: number | undefined) => counter.linePos(offset ?? 0).line || 1
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: counter,
    prettyErrors: false,
    // The library compares each name with all before it: half a minute for forty thousand. Ours are looked for below.
    uniqueKeys: false,
    // Told below by its line, not by the library on the terminal.
    logLevel: 'error',
  })
  const twice = namesTwice(document.contents)
  // What the reader finds behind its first slip is of its own making.
  const [slip] = document.errors.toSorted((a, b) => a.pos[0] - b.pos[0])
  for (const at of twice)
    if (slip === undefined || at < slip.pos[0])
      wrong(lineAt(at), 'this name stands here twice; remove or rename one')
  if (slip !== undefined) wrong(lineAt(slip.pos[0]), explainSyntax(slip.code, slip.message))
  for (const { code, pos } of document.warnings)
    if (code === 'BAD_DIRECTIVE') wrong(lineAt(pos[0]), 'a first line that begins with % is lost; remove it')
  visit(document, {
    Node: (_, { tag, range }) => {
      if (tag !== undefined)
        wrong(lineAt(range?.[0]), 'a first word with ! is lost: put the sentence in "…", or behind |')
    },
  })
  visit(document, {
    Alias: (_, node) =>
      wrong(lineAt(node.range?.[0]), 'names with * and & are not read here; write it out again'),
    Scalar: (_, node) => {
      const isSentence = node.type === 'PLAIN' && typeof node.value === 'string' && node.value.includes(' ')
      const start = node.range?.[0]
      if (!isSentence || typeof node.comment !== 'string' || !hasCommentOnLine(text, start)) return
      wrong(
        lineAt(start),
        'everything behind " #" is lost: put the comment on a line of its own, or the sentence in "…"',
      )
    },
  })
  const before = problems.filter(problem => problem.file === file).length
  const isBroken = slip !== undefined || twice.length > 0 || hasAlias(document.contents)
  if (before > 0 && isBroken) return undefined
  const data: unknown = document.toJS({ maxAliasCount: 0 })
  if (data === null || data === undefined) wrong(1, 'the file is empty')
  return { file, data, lineOf: path => lineAt(offsetOf(document.contents, path)) }
}

/** Where a name stands that its map has already. */
function namesTwice(contents: ParsedNode | null): number[] {
  const twice: number[] = []
  visit(contents, {
    Map: (_, { items }) => {
      const names = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (names.has(key.value)) twice.push(key.range?.[0] ?? 0)
        names.add(key.value)
      }
    },
  })
  return twice.sort((a, b) => a - b)
}

function hasAlias(contents: ParsedNode | null): boolean {
  let found = false
  visit(contents, {
    Alias: () => {
      found = true
      return visit.BREAK
    },
  })
  return found
}

function hasCommentOnLine(text: string, start: number | undefined): boolean {
  const end = text.indexOf('\n', start)
  return / #/.test(text.slice(start, end === -1 ? undefined : end))
}

/** The first line that is nested too deep, by its indentation or its brackets: found without recursion. */
function deepLine(text: string): number | undefined {
  let brackets = 0
  for (const [index, line] of text.split('\n').entries()) {
    const indent = /^[ \t]*(?:[-?:] )*/.exec(line)?.[0] ?? ''
    for (const character of line) {
      if (character === '[' || character === '{') brackets++
      else if (character === ']' || character === '}') brackets = Math.max(0, brackets - 1)
      if (brackets > DEEPEST) return index + 1
    }
    if (indent.replace(/[^-?:]/g, '').length > DEEPEST || indent.length > 200) return index + 1
  }
  return undefined
}

function explainSyntax(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'there is a tab at the beginning of the line; use spaces'
  if (code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY') {
    return 'a sentence with ": " needs a block: write | behind the key and the sentence on the next line'
  }
  if (code === 'BAD_ALIAS' || code === 'UNEXPECTED_TOKEN') {
    return `a sentence that begins with * @ - or {{ needs a block: write | behind the key (${message.split('\n')[0]})`
  }
  return `this is not YAML: ${message.split('\n')[0]}`
}

function offsetOf(contents: Node | null, path: PropertyKey[]): number | undefined {
  let node: unknown = contents
  let offset = contents?.range?.[0]
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(item => isScalar(item.key) && item.key.value === String(key))
      if (pair === undefined) break
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else {
      const items: unknown[] = isNode(node) && !isAlias(node) && 'items' in node ? node.items : []
      node = items[Number(key)]
      if (!isNode(node)) break
      offset = node.range?.[0] ?? offset
    }
  }
  return offset
}
