import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What no door can ever take: nothing may come of it. */
export function brokenBodies(corpora?: string): Buffer[] {
  const texts = [
    '',
    ' ',
    '{',
    '}',
    '[1,',
    '{"a":1,}',
    "{'a':1}",
    '{"a":1}}',
    '{"a":NaN}',
    '{"a":Infinity}',
    '{"a":01}',
    '{"a":+1}',
    '{"a":0x1}',
    '{"a":"\n"}',
    '{"a":"\\x"}',
    '{"a":"\\u12"}',
    '{"a":1}{"a":2}',
    '{/* */}',
    'null',
    'true',
    '0',
    '-0',
    '1e400',
    '""',
    '[]',
    '[[]]',
    'undefined',
    '{"__proto__":{"polluted":true,"text":"x","status":200}}',
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"toString":1,"valueOf":2,"hasOwnProperty":3,"toJSON":4,"then":5}',
    '['.repeat(30_000),
    `${'['.repeat(30_000)}${']'.repeat(30_000)}`,
    `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    `{"a":${'1'.repeat(60_000)}}`,
    `{"a":"${'\\u0000'.repeat(10_000)}"}`,
    `{${Array.from({ length: 5_000 }, (_, n) => `"k${n}":${n}`).join()}}`,
    `[${'0,'.repeat(30_000)}0]`,
    `{"${'k'.repeat(60_000)}":1}`,
    `{${'"a":1,'.repeat(9_000)}"a":2}`,
  ]
  const bytes = [
    Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
    Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]),
    Buffer.from([0xed, 0xa0, 0x80]),
    Buffer.from([0xf4, 0x90, 0x80, 0x80]),
    Buffer.alloc(100_000, '{"a":'),
    Buffer.alloc(400_000, '['),
    Buffer.alloc(4 * 1024 * 1024, ' '),
    Buffer.alloc(1000, 0),
  ]
  return [
    ...texts.map(text => Buffer.from(text)),
    ...bytes,
    ...(corpora === undefined ? [] : filesIn(corpora)),
  ]
}

/** Each file of a folder as it is, and each line of its `*.txt`: collections of JSON to parse are kept in both ways. */
function filesIn(folder: string): Buffer[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(one => one.isFile())
    .flatMap(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name))
      const lines = name.endsWith('.txt') ? bytes.toString('utf8').split('\n') : []
      return [bytes, ...lines.map(line => Buffer.from(line))]
    })
}

/** Instead of a value: everything it is not, as JSON text. */
const INSTEAD = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e400',
  '-1e400',
  '9007199254740993',
  '123456789012345678901234567890',
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u202e\\u2066__proto__"',
  `"${'x'.repeat(20_000)}"`,
  '[]',
  '{}',
  '[[null]]',
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  `${'['.repeat(40)}${']'.repeat(40)}`,
]
/** Beside what stands in an object, as JSON text. */
const BESIDE = [
  '"__proto__":{"polluted":true,"text":"x"}',
  '"constructor":{"prototype":{"polluted":true}}',
  '"toJSON":"x","then":"x","length":-1',
]

/** A body that is right, with one thing in it wrong: each value in turn replaced by each, added to, doubled, or left out. */
export function* spoiled(good: unknown): Generator<string> {
  for (const path of pathsOf(good)) {
    for (const text of INSTEAD) yield writeWith(good, path, () => text)
    if (path.length > 0) yield writeWith(good, path, () => undefined)
    for (const text of BESIDE)
      yield writeWith(good, path, own => (own.startsWith('{"') ? `{${text},${own.slice(1)}` : own))
    yield writeWith(good, path, own => (own.startsWith('{"') ? `${own.slice(0, -1)},${own.slice(1)}` : own))
  }
}

type Path = readonly (string | number)[]

function pathsOf(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return [[]]
  const inner = Array.isArray(value) ? value.map((one, n) => [n, one] as const) : Object.entries(value)
  return [[], ...inner.flatMap(([name, one]) => pathsOf(one).map(path => [name, ...path]))]
}

/** The value as JSON, but for what stands at `path`: that is whatever is made of its own text; undefined leaves it out. */
function writeWith(value: unknown, path: Path, change: (own: string) => string | undefined): string {
  const written = (one: unknown, rest: Path): string | undefined => {
    if (rest.length === 0) return change(JSON.stringify(one))
    const [next, ...further] = rest
    if (Array.isArray(one))
      return `[${one.flatMap((part, n) => (n === next ? (written(part, further) ?? []) : JSON.stringify(part))).join()}]`
    const parts = Object.entries(one as object).flatMap(([name, part]) => {
      const text = name === next ? written(part, further) : JSON.stringify(part)
      return text === undefined ? [] : `${JSON.stringify(name)}:${text}`
    })
    return `{${parts.join()}}`
  }
  return written(value, path) ?? ''
}
