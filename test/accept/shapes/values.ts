import fc from 'fast-check'

/** What stands where something else is expected; no string among them. */
const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  [],
  {},
  [null],
  [[[[]]]],
  { length: 1 },
  { 0: {}, length: 2 ** 31 },
  { toString: 1, valueOf: {} },
  { constructor: { prototype: { polluted: true } } },
  JSON.parse('{"__proto__":{"polluted":true}}'),
]
const TEXTS: readonly unknown[] = [
  '',
  ' ',
  '\u0000',
  'x'.repeat(100_000),
  '../../etc/passwd',
  "' or 1=1 --",
  '__proto__',
  'NaN',
  '\ud800',
  '\u202e62000',
]

export const odd = (withTexts: boolean): readonly unknown[] => (withTexts ? [...ODD, ...TEXTS] : ODD)

/** Any JSON, the same for the same number. */
export function anyJson(n: number): unknown {
  return fc.sample(fc.jsonValue({ maxDepth: 6 }), { seed: n, numRuns: 1 })[0]
}

/** A copy in which another value stands at this path. */
export function put(body: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const [name, ...rest] = path
  if (name === undefined) return value
  const copy = structuredClone(body) as Record<string | number, unknown>
  copy[name] = put(copy[name], rest, value)
  return copy
}
