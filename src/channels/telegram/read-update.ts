/** Telegram's own largest update is a few kilobytes. */
const BYTES = 1024 * 1024
const DEPTH = 64

/** The JSON of a webhook call; undefined when nobody could ever read it: too large, too deep, or no JSON. */
export async function readUpdate(request: Request): Promise<unknown> {
  const bytes = await readBytes(request)
  if (bytes === undefined) return undefined
  const text = bytes.toString('utf8')
  // A parser takes 200,000 levels, but whoever walks the result dies of it: so depth is counted first.
  if (depthOf(text) > DEPTH) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Undefined beyond the limit, and when the sender hung up in the middle. */
async function readBytes(request: Request): Promise<Buffer | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > BYTES || request.body === null) return undefined
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    const reader = request.body.getReader()
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.length
      if (size > BYTES) return undefined
      chunks.push(next.value)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(chunks)
}

/** The deepest nesting of brackets outside strings, whether or not the text is JSON. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const [sign] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (sign === '{' || sign === '[') deepest = Math.max(deepest, ++depth)
    else if (sign === '}' || sign === ']') depth -= 1
  }
  return deepest
}
