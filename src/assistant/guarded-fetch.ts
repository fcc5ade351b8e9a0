import { AsyncLocalStorage } from 'node:async_hooks'

/** More than the longest answer we ask for, many times over. */
const MOST_BYTES = 256_000

/** What the server of a model really sent, for whoever asks with this open. */
export const heard = new AsyncLocalStorage<{ body?: string }>()

/**
 * A fetch that goes to one origin alone and follows no redirect: what we ask must not travel on to a place nobody has named. An
 * answer without end is cut off, and the rest not waited for.
 */
export function fetchOnly(origin: string): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.origin !== origin) throw new TypeError('The model may only be reached at its own address.')
    const response = await fetch(input, { ...init, redirect: 'error' })
    const body = await bodyOf(response)
    const note = heard.getStore()
    if (note !== undefined) note.body = body
    const { status, headers } = response
    return new Response(body, { status, headers: { 'content-type': headers.get('content-type') ?? '' } })
  }
}

async function bodyOf(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let [text, bytes] = ['', 0]
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > MOST_BYTES) throw new TypeError('The model sent more than an answer can be.')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
