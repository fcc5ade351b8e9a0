import {
  type ClientRequest,
  Agent as HttpAgent,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import { InputFile, type Transformer } from 'grammy'

/** A hundred of Telegram's largest updates take a few megabytes. */
const ANSWER_BYTES = 16 * 1024 * 1024

/** Sends one call on its way; `signal` calls it off. */
type Post = (path: string, body: string, signal: AbortSignal | undefined) => ClientRequest

/** Posts to `apiRoot` on connections that stay open, as many as there are calls at once. */
export function postingTo(apiRoot: string): Post {
  const { protocol, hostname, port, pathname } = new URL(apiRoot)
  const isSafe = protocol === 'https:'
  const request = isSafe ? requestHttps : requestHttp
  const place = {
    agent: isSafe ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true }),
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    method: 'POST',
  }
  const root = pathname.replace(/\/$/, '')
  return (path, body, signal) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
    const options = { ...place, path: root + path, headers }
    return request(signal === undefined ? options : { ...options, signal }).end(body)
  }
}

/**
 * Makes the calls that carry no file, within `timeoutMs` for everything, by Node's own client: it takes 40 µs for one, grammY's
 * `node-fetch` 110. What Telegram answers is grammY's to read; calls with files stay with it as well.
 */
export function plainCalls(token: string, post: Post, timeoutMs: number): Transformer {
  return (next, method, payload, signal) => {
    if (Object.values(payload).some(one => one instanceof InputFile)) return next(method, payload, signal)
    // Node's own in all but name: `client.ts` hands on no other.
    const until = signal as AbortSignal | undefined
    return answerTo(post(`/bot${token}/${method}`, JSON.stringify(payload), until), timeoutMs)
  }
}

/** The JSON a call is answered with, whatever its status; rejects when there is none, too much or too late, and at a redirect. */
function answerTo<T>(asking: ClientRequest, timeoutMs: number): Promise<T> {
  return new Promise<T>((done, fail) => {
    const late = setTimeout(() => giveUp(new Error('The answer took too long.')), timeoutMs)
    const giveUp = (error: Error) => {
      clearTimeout(late)
      fail(error)
      asking.destroy()
    }
    // Stays on: the connection may break once more after we have given up on it.
    asking.on('error', giveUp)
    asking.on('response', (answer: IncomingMessage) => {
      const status = answer.statusCode ?? 0
      // The token is part of the path, and for nobody else.
      if (status >= 300 && status < 400) return giveUp(new Error('The answer points elsewhere.'))
      const chunks: Buffer[] = []
      let size = 0
      answer.on('error', giveUp)
      answer.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        size += chunk.length
        if (size > ANSWER_BYTES) giveUp(new Error('The answer is too large.'))
      })
      answer.on('end', () => {
        clearTimeout(late)
        try {
          done(JSON.parse(Buffer.concat(chunks).toString()) as T)
        } catch (error) {
          fail(error)
        }
      })
    })
  })
}
