import type { z } from 'zod'
import { type Outbound, type Read, readRule, rules } from './message-rules.ts'
import { breach } from './refusal.ts'
import type { Fields } from './shapes.ts'

type Issue = z.core.$ZodIssue

function where(path: readonly PropertyKey[]): string {
  return path.map(String).join('.')
}

/** A field too many, one that is missing, one of the wrong kind or length: each has its own code. */
function refuse(issue: Issue) {
  if (issue.code === 'unrecognized_keys')
    return breach(100, `Unexpected key "${issue.keys[0]}" on param "${where(issue.path) || 'message'}"`)
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return breach(131008, `The parameter ${where(issue.path)} is required.`)
  return breach(131009, `Parameter ${where(issue.path)}: ${issue.message}`)
}

function read<T>(rule: z.ZodType<T>, fields: Fields): T {
  const found = rule.safeParse(fields, { reportInput: true })
  if (found.success) return found.data
  const [first] = found.error.issues
  throw first === undefined ? breach(100, 'Invalid parameter') : refuse(first)
}

/** The body of a call to /messages, if it is exactly what is published for its type; otherwise throws the refusal. */
export function checkMessage(fields: Fields): Outbound | Read {
  if (fields.status !== undefined) return read(readRule, fields)
  const { type } = fields
  if (type === undefined) throw breach(131008, 'The parameter type is required.')
  if (typeof type !== 'string' || !Object.hasOwn(rules, type))
    throw breach(100, `Param type must be one of {${Object.keys(rules).join(', ').toUpperCase()}}`)
  const message = read<Outbound>(rules[type as keyof typeof rules] as z.ZodType<Outbound>, fields)
  if (message.to === undefined && message.recipient === undefined)
    throw breach(131008, 'The parameter to is required.')
  return message
}
