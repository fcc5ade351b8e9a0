import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Business } from './business.ts'
import { type Fields, isObject } from './shapes.ts'

export type Heard = { raw: string; body: Fields; isSigned: boolean; names: string[] }

async function isSigned(bytes: Uint8Array<ArrayBuffer>, header: string, secret: string): Promise<boolean> {
  const key = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  )
  const signature = Uint8Array.from(Buffer.from(header.replace('sha256=', ''), 'hex'))
  return crypto.subtle.verify('HMAC', key, signature, bytes)
}

/** The values of every change in a post, in order. */
export function valuesIn(body: Fields): Fields[] {
  const entries = Array.isArray(body.entry) ? body.entry : []
  return entries.flatMap(entry => entry.changes).map(change => change.value)
}

/** Messages or statuses of a post, in order. */
export function listIn(body: Fields, list: 'messages' | 'statuses'): Fields[] {
  return valuesIn(body).flatMap(value => (Array.isArray(value[list]) ? value[list].filter(isObject) : []))
}

function namesIn(body: Fields): string[] {
  const messages = listIn(body, 'messages').map(one => `${one.id}`)
  return [...messages, ...listIn(body, 'statuses').map(one => `${one.id}/${one.status}`)]
}

/** A webhook that keeps what it is told, answers as `answers` says (a status, or nothing at all) and knows the verify token. */
export async function startListener(business: Business) {
  const heard: Heard[] = []
  const listener = {
    url: '',
    heard,
    answers: (_post: Heard): number | undefined => 200,
    verifyToken: business.verifyToken,
    /** Every message and status in the order it came, repeats with it. */
    names: () => heard.flatMap(post => post.names),
    messages: () => heard.flatMap(({ body }) => listIn(body, 'messages')),
    statuses: () => heard.flatMap(({ body }) => listIn(body, 'statuses')),
    close: () =>
      new Promise<void>(done => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  const server = createServer(async (request, response) => {
    const address = new URL(request.url ?? '/', 'http://localhost')
    if (request.method === 'GET') {
      const knows = address.searchParams.get('hub.verify_token') === listener.verifyToken
      response.writeHead(knows ? 200 : 403).end(knows ? address.searchParams.get('hub.challenge') : 'no')
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const bytes = new Uint8Array(Buffer.concat(chunks))
    const raw = Buffer.from(bytes).toString('latin1')
    const body: Fields = JSON.parse(Buffer.from(bytes).toString('utf8'))
    const header = String(request.headers['x-hub-signature-256'] ?? '')
    const post = { raw, body, isSigned: await isSigned(bytes, header, business.secret), names: namesIn(body) }
    heard.push(post)
    const status = listener.answers(post)
    if (status !== undefined) response.writeHead(status).end()
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  listener.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return listener
}
