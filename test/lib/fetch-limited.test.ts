import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { type FetchLimits, FetchRefused, fetchLimited } from '../../src/lib/fetch-limited.ts'

const TOKEN = 'bot123456:AAErahasia'
const routes: Record<string, RequestListener> = {
  '/foto': (_, answer) => answer.setHeader('Content-Type', 'image/jpeg').end('berkas'),
  '/gone': (_, answer) => answer.writeHead(404).end('none'),
  '/elsewhere': (_, answer) => answer.writeHead(302, { Location: '/foto' }).end(),
  '/announced': (_, answer) => answer.writeHead(200, { 'Content-Length': 5000 }).write('x'),
  '/endless': (_, answer) => {
    const more = setInterval(() => answer.write('x'.repeat(600)), 2)
    answer.on('close', () => clearInterval(more))
  },
  '/slow-head': () => undefined,
  '/slow-body': (_, answer) => {
    answer.writeHead(200).write('x')
  },
  '/torn': (_, answer) => {
    answer.writeHead(200, { 'Content-Length': 100 }).write('half', () => answer.destroy())
  },
  '/zipped': (_, answer) =>
    answer.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync(Buffer.alloc(100_000))),
  '/asked': ({ headers }, answer) => answer.end(JSON.stringify(headers)),
}
let asked = 0
const server = createServer((request, answer) => {
  asked += 1
  routes[(request.url ?? '').replace(`/file/${TOKEN}`, '')]?.(request, answer)
})
await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
const { port } = server.address() as AddressInfo
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const origin = `http://127.0.0.1:${port}`
const get = (path: string, more: Partial<FetchLimits> = {}) =>
  fetchLimited(`${more.allowedOrigin ?? origin}/file/${TOKEN}${path}`, {
    allowedOrigin: origin,
    maxBytes: 1000,
    timeoutMs: 5000,
    ...more,
  })

/** The fault, after a look at everything the error says: the token is in the address of every file. */
async function faultOf(fetched: Promise<unknown>): Promise<string> {
  const error = await fetched.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof FetchRefused)) throw new Error('It was fetched, or failed in another way.')
  const said = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join()
  expect(said).not.toContain('rahasia')
  return error.fault
}

describe('a file of the platform', () => {
  it('comes with its type', async () => {
    expect(await get('/foto')).toEqual({ bytes: Buffer.from('berkas'), type: 'image/jpeg' })
  })

  it('is asked for without compression, with the headers given', async () => {
    const { bytes } = await get('/asked', { headers: { Authorization: 'Bearer x' } })
    expect(JSON.parse(bytes.toString())).toMatchObject({
      'accept-encoding': 'identity',
      authorization: 'Bearer x',
      host: `127.0.0.1:${port}`,
    })
  })

  it.each([
    ['/gone', 'status'],
    ['/elsewhere', 'redirect'],
    ['/announced', 'too_large'],
    ['/endless', 'too_large'],
    ['/torn', 'broken'],
    ['/zipped', 'encoded'],
  ])('%s is refused: %s', async (path, fault) => expect(await faultOf(get(path))).toBe(fault))

  it.each([
    ['/slow-head', { headersMs: 50 }],
    ['/slow-body', { timeoutMs: 50 }],
    [
      '/foto',
      {
        timeoutMs: 50,
        allowedOrigin: 'http://x.localhost',
        resolve: () => new Promise<never>(() => undefined),
      },
    ],
  ])('%s is not waited for beyond %j', async (path, limits) => {
    expect(await faultOf(get(path, limits))).toBe('too_slow')
  })

  it('says what broke when nobody answers', async () => {
    const refused = await get('/foto', { allowedOrigin: 'http://127.0.0.1:1' }).catch(error => error)
    expect(refused).toMatchObject({ fault: 'broken', code: 'ECONNREFUSED' })
  })
})

describe('another place than the platform', () => {
  it.each([
    ['another port', `http://127.0.0.1:${port + 1}/foto`],
    ['another scheme', `https://127.0.0.1:${port}/foto`],
    ['another host', `http://localhost:${port}/foto`],
    ['a name before the host', `http://127.0.0.1:${port}@evil.example/foto`],
    ['a user', `http://user:secret@127.0.0.1:${port}/foto`],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:text/plain,rahasia'],
    ['no address', '/foto'],
  ])('is never asked: %s', async (_, url) => {
    asked = 0
    const fetched = fetchLimited(url, { allowedOrigin: origin, maxBytes: 1000, timeoutMs: 1000 })
    expect(await faultOf(fetched)).toBe('origin')
    expect(asked).toBe(0)
  })

  const named = `http://files.localhost:${port}`
  const resolvesTo =
    (...addresses: string[]) =>
    async () =>
      addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 }))

  it.each([
    ['this machine', ['127.0.0.1']],
    ['cloud secrets', ['169.254.169.254']],
    ['this machine among others', ['149.154.167.220', '127.0.0.1']],
    ['this machine, mapped', ['::ffff:127.0.0.1']],
    ['nothing', []],
  ])('is not reached through a name that points to %s', async (_, addresses) => {
    asked = 0
    expect(await faultOf(get('/foto', { allowedOrigin: named, resolve: resolvesTo(...addresses) }))).toBe(
      'address',
    )
    expect(asked).toBe(0)
  })

  it('is reached when the operator says that it lies inside', async () => {
    const { bytes } = await get('/foto', {
      allowedOrigin: named,
      resolve: resolvesTo('127.0.0.1'),
      inside: true,
    })
    expect(bytes.toString()).toBe('berkas')
  })

  it('is not reached although the name points there a moment later: it is looked up once', async () => {
    const answers = [['127.0.0.1'], ['169.254.169.254']]
    const fetched = await get('/foto', {
      allowedOrigin: named,
      inside: true,
      resolve: async () => resolvesTo(...(answers.shift() ?? []))(),
    })
    expect(fetched.bytes.toString()).toBe('berkas')
    expect(answers).toHaveLength(1)
  })
})
