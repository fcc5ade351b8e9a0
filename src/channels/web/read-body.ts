import type { Refused } from './refusals.ts'

const JSON_BYTES = 64 * 1024
const DEPTH = 64

export type Fields = Record<string, unknown>

/** The whole body, or undefined when it is larger than `most`; we stop reading there. */
export async function readBytes(request: Request, most: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return undefined
  const reader = request.body?.getReader()
  if (reader === undefined) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    size += value.length
    // Not cancelled: that would cut the connection before our answer is out. The server drops what still comes.
    if (size > most) return undefined
    chunks.push(value)
  }
}

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

/** The deepest nesting of brackets outside strings, whether or not the text is JSON. */
export function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let i = 0; i < text.length; i += 1) {
    const sign = text.charCodeAt(i)
    if (quoted) {
      if (sign === 0x5c) i += 1
      else if (sign === 0x22) quoted = false
    } else if (sign === 0x22) quoted = true
    else if (sign === 0x7b || sign === 0x5b) deepest = Math.max(deepest, ++depth)
    else if (sign === 0x7d || sign === 0x5d) depth -= 1
  }
  return deepest
}
