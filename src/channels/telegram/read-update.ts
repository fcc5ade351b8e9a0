import { depthOf } from '../../lib/json-depth.ts'
import { readBytes } from '../../lib/read-bytes.ts'

/** Telegram's own largest update is a few kilobytes. */
const BYTES = 1024 * 1024
const DEPTH = 64

/**
 * The JSON of a webhook call; undefined when nobody could ever read it: too large, too deep, no JSON, or the sender hung up in
 * the middle.
 */
export async function readUpdate(request: Request): Promise<unknown> {
  const bytes = await readBytes(request, BYTES).catch(() => undefined)
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
