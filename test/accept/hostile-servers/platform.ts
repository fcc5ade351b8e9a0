import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createPlain } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'

const PLENTY = 64 * 1024 * 1024
const zeroes = Buffer.alloc(PLENTY)

/** Says something again and again until nobody listens. */
function again(answer: ServerResponse, every: number, bytes: Buffer): void {
  const more = setInterval(() => {
    if (!answer.writableNeedDrain) answer.write(bytes)
  }, every)
  answer.on('close', () => clearInterval(more))
}

const bomb = (encoding: string, bytes: Buffer) => (answer: ServerResponse) =>
  answer.writeHead(200, { 'Content-Encoding': encoding, 'Content-Type': 'image/jpeg' }).end(bytes)

/** A platform gone bad: whatever is asked by these names is answered to hurt. All but `good` must be refused, in time. */
export const BODIES: Record<string, (answer: ServerResponse) => void> = {
  good: answer => answer.writeHead(200, { 'Content-Type': 'image/jpeg' }).end('a photo'),
  'slow-head': () => undefined,
  'slow-body': answer => again(answer.writeHead(200), 100, Buffer.from('x')),
  endless: answer => again(answer.writeHead(200), 1, Buffer.alloc(64 * 1024)),
  'announced-large': answer => answer.writeHead(200, { 'Content-Length': String(2 ** 40) }).write('x'),
  'a-byte-too-many': answer => answer.writeHead(200).end(Buffer.alloc(100_001)),
  torn: answer => {
    answer.writeHead(200, { 'Content-Length': '5000' }).write('half', () => answer.destroy())
  },
  'torn-at-once': answer => answer.destroy(),
  'bomb-gzip': bomb('gzip', gzipSync(zeroes)),
  'bomb-twice': bomb('gzip, gzip', gzipSync(gzipSync(zeroes))),
  'bomb-deflate': bomb('deflate', deflateSync(zeroes)),
  'bomb-brotli': bomb('br', brotliCompressSync(zeroes.subarray(0, PLENTY / 4))),
  partial: answer => answer.writeHead(206, { 'Content-Range': 'bytes 0-0/2' }).end('x'),
  empty: answer => answer.writeHead(204).end(),
  gone: answer => answer.writeHead(404).end('none'),
  failing: answer => answer.writeHead(500).end('none'),
  'early-hints': answer => {
    const more = setInterval(() => answer.writeProcessing(), 10)
    answer.on('close', () => clearInterval(more))
  },
}

/** What does not even speak HTTP properly: written to the connection as it is. */
export const RAW: Record<string, (times: number) => string> = {
  'endless-head': times => (times === 0 ? 'HTTP/1.1 200 OK\r\n' : `X-${times}: ${'x'.repeat(1000)}\r\n`),
  'two-lengths': times =>
    times === 0 ? 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 900000\r\n\r\nabc' : '',
  'length-and-chunks': times =>
    times === 0
      ? 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n'
      : 'x',
  'wild-length': times => (times === 0 ? 'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n' : 'x'),
  'no-http': times => (times === 0 ? '220 ftp ready\r\n' : 'noise\r\n'),
  'wild-chunk': times => (times === 0 ? 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n' : 'x'),
}

/** Beyond ASCII a header holds bytes, one a character. */
function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1')
}

export type Platform = {
  origin: string
  port: number
  rawOrigin(name: string): string
  stop(): Promise<void>
}

/** Redirects go where `/to/<status>/<address>` says. */
export async function startPlatform(host = '127.0.0.1'): Promise<Platform> {
  const web = createServer((request, answer) => {
    const [, , kind = '', status = '', to = ''] = (request.url ?? '').split('/')
    if (kind === 'to') answer.writeHead(Number(status), { Location: asBytes(decodeURIComponent(to)) }).end()
    else (BODIES[kind] ?? BODIES.gone)?.(answer)
  })
  await new Promise<void>(done => web.listen(0, host, done))
  const { port } = web.address() as AddressInfo
  const raw = new Map<string, { server: ReturnType<typeof createPlain>; port: number }>()
  for (const [name, say] of Object.entries(RAW)) {
    const server = createPlain(socket => {
      let times = 0
      const more = setInterval(() => socket.write(say(times++)), 5)
      socket.on('error', () => socket.destroy()).on('close', () => clearInterval(more))
    })
    await new Promise<void>(done => server.listen(0, host, done))
    raw.set(name, { server, port: (server.address() as AddressInfo).port })
  }
  return {
    origin: `http://${host}:${port}`,
    port,
    rawOrigin: name => `http://${host}:${raw.get(name)?.port}`,
    async stop() {
      web.closeAllConnections()
      for (const { server } of [{ server: web }, ...raw.values()]) server.close()
    },
  }
}
