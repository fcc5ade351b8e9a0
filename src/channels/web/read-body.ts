import { depthOf } from '../../lib/json-depth.ts'
import { readBytes } from '../../lib/read-bytes.ts'
import type { Refused } from './refusals.ts'

const JSON_BYTES = 64 * 1024
const DEPTH = 64

export type Fields = Record<string, unknown>

/** A JSON object of at most 64 kB and 64 levels. An empty body counts as `{}` where `mayBeEmpty`. */
export async function readJson(request: Request, mayBeEmpty = false): Promise<Fields | Refused> {
  const bytes = await readBytes(request, JSON_BYTES).catch(() => null)
  if (bytes === null) return { refused: 'malformed_json' }
  if (bytes === undefined) return { refused: 'body_too_large' }
  if (bytes.length === 0 && mayBeEmpty) return {}
  if (!isPlainJson(request.headers)) return { refused: 'content_type' }
  const text = decode(bytes)
  if (text === undefined) return { refused: 'malformed_json' }
  // A parser takes 200,000 levels, but whoever walks the result dies of it: so depth is counted first.
  if (depthOf(text) > DEPTH) return { refused: 'too_deep' }
  const value = parse(text)
  if (value === undefined) return { refused: 'malformed_json' }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return { refused: 'body_invalid' }
  return value as Fields
}

/** A field the sender set: `null` counts as left out, and nothing is ever inherited. */
export function field(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? (fields[name] ?? undefined) : undefined
}

function isPlainJson(headers: Headers): boolean {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';')
  const charset = parameters.map(p => p.trim()).find(p => p.startsWith('charset='))
  const utf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset)
  const encoding = headers.get('content-encoding') ?? 'identity'
  return type.trim() === 'application/json' && utf8 && encoding === 'identity'
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
