import type { z } from 'zod'
import { didYouMean, type Problem } from './problem.ts'
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
  for (const issue of read.error.issues) {
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

function place(path: PropertyKey[]): string {
  return path.length === 0 ? 'this file ' : `"${path.join('.')}" `
}

function explain(issue: z.core.$ZodIssue, path: PropertyKey[]): string {
  const name = String(path.at(-1) ?? 'this file')
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined) return `"${name}" is missing; add it`
    if (issue.input === null || issue.input === '')
      return `"${name}" has no words; was a sentence split at a comma?`
    return `"${name}" should be ${issue.expected === 'string' ? 'a text' : `a ${issue.expected}`}`
  }
  if (issue.code === 'too_small') return `"${name}" is empty; was a sentence split at a comma?`
  if (issue.code === 'invalid_value') {
    const given = typeof issue.input === 'string' ? didYouMean(issue.input, issue.values.map(String)) : ''
    return `"${name}" should be one of: ${issue.values.join(', ')}.${given}`
  }
  return `"${name}": ${issue.message}`
}

/** Names a map may hold at this path, as far as the schema tells. */
function knownKeys(schema: z.ZodType, path: PropertyKey[]): string[] {
  let inner: unknown = schema
  for (const key of path) inner = shapeOf(inner)?.[String(key)]
  return Object.keys(shapeOf(inner) ?? {})
}

function shapeOf(schema: unknown): Record<string, unknown> | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined
  if ('shape' in schema) return schema.shape as Record<string, unknown>
  const inner =
    'unwrap' in schema && typeof schema.unwrap === 'function' ? (schema.unwrap() as unknown) : undefined
  return inner === undefined ? undefined : shapeOf(inner)
}
