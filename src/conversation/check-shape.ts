import type { z } from 'zod'
import { didYouMean, nearest, type Problem } from './problem.ts'
import type { Source } from './yaml-source.ts'

/** What a schema makes of a file's data, or undefined after every problem has been noted with its line. */
export function checkShape<S extends z.ZodType>(
  source: Source,
  schema: S,
  problems: Problem[],
  at: PropertyKey[] = [],
  data: unknown = source.data,
): z.output<S> | undefined {
  const read = schema.safeParse(data, { reportInput: true })
  if (read.success) return read.data
  const strangers = read.error.issues.filter(({ code }) => code === 'unrecognized_keys')
  // What has the wrong shape is often also too small or of the wrong form: one of them is told.
  const first = new Map<string, z.core.$ZodIssue>()
  for (const issue of read.error.issues) {
    const place = issue.code === 'unrecognized_keys' ? `${issue.path.join('.')} *` : issue.path.join('.')
    if (!first.has(place)) first.set(place, issue)
  }
  const told = [...first.values()].filter(issue => !isMistyped(schema, issue, strangers))
  for (const issue of told) {
    const path = [...at, ...issue.path]
    if (issue.code !== 'unrecognized_keys') {
      problems.push({ file: source.file, line: source.lineOf(path), text: explain(issue, path) })
      continue
    }
    const known = knownKeys(schema, issue.path)
    for (const key of issue.keys) {
      const text = `${place(path)}does not know "${key}"; remove it.${didYouMean(key, known)}`
      problems.push({ file: source.file, line: source.lineOf([...path, key]), text })
    }
  }
  return undefined
}

/** Something missing that stands there under a mistyped name: one slip, told once, where it was made. */
function isMistyped(schema: z.ZodType, issue: z.core.$ZodIssue, strangers: z.core.$ZodIssue[]): boolean {
  if (issue.input !== undefined) return false
  const around = issue.path.slice(0, -1)
  const known = knownKeys(schema, around)
  return strangers.some(
    other =>
      other.code === 'unrecognized_keys' &&
      other.path.join('.') === around.join('.') &&
      other.keys.some(key => nearest(key, known) === issue.path.at(-1)),
  )
}

function place(path: PropertyKey[]): string {
  return path.length === 0 ? 'this file ' : `"${path.join('.')}" `
}

function explain(issue: z.core.$ZodIssue, path: PropertyKey[]): string {
  // One of a list has no name of its own; its line tells which it is.
  const name = String(path.findLast(key => typeof key === 'string') ?? 'this file')
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined) return `"${name}" is missing; add it`
    if (issue.input === null || issue.input === '')
      return `"${name}" has no words; was a sentence split at a comma?`
    return `"${name}" should be ${issue.expected === 'string' ? 'a text' : `a ${issue.expected}`}`
  }
  if (issue.code === 'invalid_key') return `"${name}": ${issue.issues[0]?.message ?? issue.message}`
  if (issue.code === 'too_small') return `"${name}" is empty; was a sentence split at a comma?`
  if (issue.code === 'invalid_value') {
    const given = typeof issue.input === 'string' ? didYouMean(issue.input, issue.values.map(String)) : ''
    return `"${name}" should be one of: ${issue.values.join(', ')}.${given}`
  }
  return `"${name}": ${issue.message}`
}

/** Names a map may hold at this path, as far as the schema tells. */
export function knownKeys(schema: z.ZodType, path: PropertyKey[]): string[] {
  let inner: unknown = schema
  for (const key of path) inner = typeof key === 'number' ? elementOf(inner) : shapeOf(inner)?.[String(key)]
  return Object.keys(shapeOf(inner) ?? {})
}

function elementOf(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return undefined
  return 'element' in schema ? schema.element : elementOf(unwrapped(schema))
}

function unwrapped(schema: object): unknown {
  return 'unwrap' in schema && typeof schema.unwrap === 'function' ? schema.unwrap() : undefined
}

function shapeOf(schema: unknown): Record<string, unknown> | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined
  if ('shape' in schema) return schema.shape as Record<string, unknown>
  return shapeOf(unwrapped(schema))
}
