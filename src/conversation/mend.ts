import type { z } from 'zod'
import { checkShape, knownKeys } from './check-shape.ts'
import { nearest, type Problem } from './problem.ts'
import type { Source } from './yaml-source.ts'

/** Stands for a name that could not be read. The lint passes over whatever leads to it or mentions it. */
export const UNREAD = 'unread_part'

/** Tried in this order in the place of what does not fit: a sentence, a name, a number, a list, maps. */
const STAND_INS = ['…', UNREAD, '1', [UNREAD], { [UNREAD]: '…' }, {}]
/** A file with more faults than this is not mended: its first ones have to go before the rest can be judged. */
const MOST = 30

export type Mended<T> = {
  value: T
  /** Paths at which a stand-in was put, or something left out. */
  lost: PropertyKey[][]
}

/**
 * What a schema makes of data, and as much as can be made of it when it does not fit: each fault is noted once, and what
 * is around it is still read, so that one slip hides no other. Undefined when nothing can be made of it.
 */
export function readMended<S extends z.ZodType>(
  source: Source,
  schema: S,
  problems: Problem[],
  at: PropertyKey[] = [],
  data: unknown = source.data,
): Mended<z.output<S>> | undefined {
  const read = checkShape(source, schema, problems, at, data)
  return read === undefined ? mend(schema, data) : { value: read, lost: [] }
}

function mend<S extends z.ZodType>(schema: S, data: unknown): Mended<z.output<S>> | undefined {
  let copy: unknown = structuredClone(data)
  const lost: PropertyKey[][] = []
  for (let round = 0; round < MOST; round++) {
    const read = schema.safeParse(copy)
    if (read.success) return { value: read.data, lost }
    if (read.error.issues.length > MOST) return undefined
    const [issue] = read.error.issues
    const mended = issue && (withoutStrangers(schema, copy, issue) ?? withStandIn(schema, copy, issue.path))
    if (mended === undefined) return undefined
    copy = mended.data
    if (mended.lost !== undefined) lost.push(mended.lost)
  }
  return undefined
}

type Attempt = { data: unknown; lost?: PropertyKey[] }

/** Names the schema does not know: one that was only mistyped is read as the one it is near to. */
function withoutStrangers(schema: z.ZodType, data: unknown, issue: z.core.$ZodIssue): Attempt | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined
  const known = knownKeys(schema, issue.path)
  let changed = data
  for (const key of issue.keys) {
    const meant = nearest(key, known)
    const value = valueAt(data, [...issue.path, key])
    changed = changedAt(changed, [...issue.path, key], undefined)
    if (meant !== undefined && valueAt(changed, [...issue.path, meant]) === undefined)
      changed = changedAt(changed, [...issue.path, meant], value)
  }
  return { data: changed }
}

/** A stand-in at the path, or nothing there, or the same for what is around it. */
function withStandIn(schema: z.ZodType, data: unknown, path: PropertyKey[]): Attempt | undefined {
  for (let at = path; at.length > 0; at = at.slice(0, -1)) {
    for (const value of [...STAND_INS, undefined]) {
      const changed = changedAt(data, at, value)
      if (!hasIssueAt(schema, changed, at)) return { data: changed, lost: at }
    }
  }
  return undefined
}

function hasIssueAt(schema: z.ZodType, data: unknown, path: PropertyKey[]): boolean {
  const issues = schema.safeParse(data).error?.issues ?? []
  return issues.some(issue => path.every((key, n) => issue.path[n] === key))
}

function valueAt(data: unknown, path: PropertyKey[]): unknown {
  let inner = data
  for (const key of path) inner = Object(inner)[key]
  return inner
}

/** A copy with this value at the path; undefined takes out what is there. */
function changedAt(data: unknown, path: PropertyKey[], value: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const inner = rest.length === 0 ? value : changedAt(Object(data)[key], rest, value)
  if (Array.isArray(data)) {
    return inner === undefined ? data.toSpliced(Number(key), 1) : data.with(Number(key), inner)
  }
  const entries = Object.entries(Object(data)).filter(([name]) => name !== key || inner !== undefined)
  const changed = Object.fromEntries(entries)
  return inner === undefined ? changed : { ...changed, [key]: inner }
}
