import { Agent, request } from 'node:http'

export type Answer = { status: number; retryAfter: number; body: string }

/** One client at an address of its own on the loopback (`127.x.y.z`), with connections it keeps. */
export type Caller = {
  get(path: string): Promise<Answer>
  post(path: string, body: object): Promise<Answer>
  close(): void
}

/** What a client met that got no answer: the connection was refused, closed, or silent for too long. */
export const NOTHING: Answer = { status: 0, retryAfter: 0, body: '' }
/** Longer than a long poll. */
const PATIENCE_MS = 40_000

export function openCaller(url: string, localAddress: string, maxSockets = 64, cookie = ''): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets, localAddress })

  function call(method: string, path: string, text?: string): Promise<Answer> {
    return new Promise(done => {
      const headers = {
        ...(cookie === '' ? {} : { Cookie: cookie }),
        ...(text === undefined
          ? {}
          : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
      }
      const sent = request(`${url}${path}`, { method, headers, agent, timeout: PATIENCE_MS }, answer => {
        const chunks: Buffer[] = []
        answer.on('data', chunk => chunks.push(chunk))
        answer.once('error', () => done(NOTHING))
        answer.once('end', () =>
          done({
            status: answer.statusCode ?? 0,
            retryAfter: Number(answer.headers['retry-after'] ?? 0),
            body: Buffer.concat(chunks).toString(),
          }),
        )
      })
      sent.once('timeout', () => sent.destroy())
      sent.once('error', () => done(NOTHING))
      sent.end(text)
    })
  }

  return {
    get: path => call('GET', path),
    post: (path, body) => call('POST', path, JSON.stringify(body)),
    close: () => agent.destroy(),
  }
}

/** The nth loopback address of a net that begins with 127 and `net`. */
export function addressOf(net: number, n: number): string {
  return `127.${net}.${Math.floor(n / 250)}.${1 + (n % 250)}`
}
