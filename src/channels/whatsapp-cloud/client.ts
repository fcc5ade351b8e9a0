import { at, numberAt } from '../json.ts'
import { NotTaken, readAnswer } from './answers.ts'
import type { CloudNumber } from './ports.ts'

/**
 * The version of the Graph API that is spoken. Meta keeps each for about two years and then answers with the oldest it has left:
 * raise it here after reading the changelog, and run `test/channels/whatsapp-cloud` and the checks in `docs/whatsapp-release.md`.
 */
export const GRAPH_VERSION = 'v25.0'

/** Bytes of an answer; Meta's are below two thousand. */
const ANSWER_BYTES = 64 * 1024

/** One office's number, and the only way to call Meta for it. */
export type Client = {
  readonly number: CloudNumber
  /** Makes one call, `path` below the version; resolves with the JSON, rejects with NotTaken alone. */
  call(path: string, body: object | FormData | undefined, signal: AbortSignal): Promise<unknown>
}

/** Codes of Node and of its fetch for a connection that was never made: nothing can have reached Meta. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
])

export function createClient(number: CloudNumber, apiRoot: string): Client {
  const { token } = number

  async function ask(
    path: string,
    body: object | FormData | undefined,
    signal: AbortSignal,
  ): Promise<unknown> {
    // Aborted before it began: nothing has left.
    if (signal.aborted) throw new NotTaken({ meaning: 'unreachable', code: 0 })
    const isForm = body instanceof FormData
    const response = await fetch(`${apiRoot}/${GRAPH_VERSION}/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body === undefined || isForm ? {} : { 'Content-Type': 'application/json' }),
      },
      // The token is for Meta alone, wherever it would have us go.
      redirect: 'manual',
      signal,
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
    const answer = await jsonOf(response)
    if (response.ok && answer !== undefined) return answer
    throw new NotTaken(readAnswer(response.ok ? 502 : response.status, errorIn(answer)))
  }

  return {
    number,
    async call(path, body, signal) {
      try {
        return await ask(path, body, signal)
      } catch (error) {
        // Whatever fetch throws may hold the address and more; it goes no further.
        if (error instanceof NotTaken) throw error
        throw new NotTaken({ meaning: hasLeft(error) ? 'unknown' : 'unreachable', code: 0 })
      }
    },
  }
}

/** The JSON of an answer; undefined when it is none, or longer than any of Meta's. */
async function jsonOf(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > ANSWER_BYTES) return undefined
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    // A gateway's page: the status has to say it all.
    return undefined
  }
}

function errorIn(answer: unknown) {
  const error = at(answer, 'error')
  return {
    code: numberAt(error, 'code'),
    subcode: numberAt(error, 'error_subcode'),
    isPassing: at(error, 'is_transient') === true,
  }
}

/** Whether a call may have reached Meta before it failed: certificates and names fail before, resets and time-outs after. */
function hasLeft(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  const code = String(at(cause, 'code') ?? '')
  return !NEVER_LEFT.has(code) && !/CERT|SSL|TLS|UNABLE_TO/.test(code)
}
