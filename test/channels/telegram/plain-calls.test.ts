import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { NotTaken } from '../../../src/channels/telegram/answers.ts'
import { createClient } from '../../../src/channels/telegram/client.ts'
import { FAST } from './fixture.ts'

const TOKEN = '123456:AAErahasia-rahasia-rahasia-rahasia'
const ME = JSON.stringify({ ok: true, result: { id: 1, is_bot: true, first_name: 'Balai' } })
const leftovers: (() => void)[] = []
afterEach(() => {
  for (const clear of leftovers.splice(0)) clear()
})

/** A Bot API that answers every call alike, and one office's client of it. */
async function clientOf(listener: RequestListener, { root = '', call = 2_000 } = {}) {
  const met = { connections: 0, paths: [] as string[], closed: 0 }
  const server = createServer((request, answer) => {
    met.paths.push(request.url ?? '')
    answer.on('close', () => {
      met.closed += 1
    })
    request.resume().on('end', () => listener(request, answer))
  })
  server.on('connection', () => {
    met.connections += 1
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  leftovers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}${root}`
  const account = { office: 'medan', token: TOKEN, by: 'poll' as const }
  const log = { error: () => undefined }
  return { met, client: createClient(account, { apiRoot, times: { ...FAST, call }, log }) }
}

/** What a call that fails is taken for, after a look at everything the error says: the token is in every path. */
async function meaningOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof NotTaken)) throw new Error('It was taken, or failed in another way.')
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('rahasia')
  return error.reading.meaning
}

describe('a call without a file', () => {
  it('leaves on the connection of the one before, below the root that is set', async () => {
    const { client, met } = await clientOf((_, answer) => answer.end(ME), { root: '/bot-api' })
    for (let calls = 0; calls < 3; calls += 1) await client.ask(api => api.getMe())
    expect(met.connections).toBe(1)
    expect(met.paths).toEqual(Array(3).fill(`/bot-api/bot${TOKEN}/getMe`))
  })

  it('is read by what is said, whatever the status', async () => {
    const words = { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' }
    const { client } = await clientOf((_, answer) => answer.writeHead(200).end(JSON.stringify(words)))
    expect(await meaningOf(client.ask(api => api.sendMessage(1, 'halo')))).toBe('blocked')
  })

  it('follows no redirect, and believes none', async () => {
    let asked = 0
    const { client, met } = await clientOf((_, answer) => {
      asked += 1
      answer.writeHead(307, { Location: '/elsewhere' }).end(ME)
    })
    expect(await meaningOf(client.ask(api => api.getMe()))).toBe('unreachable')
    expect([asked, met.paths.includes('/elsewhere')]).toEqual([1, false])
  })

  it.each<[string, RequestListener]>([
    ['does not come', () => undefined],
    ['begins and does not end', (_, answer) => void answer.writeHead(200).write('{"ok":')],
  ])('is given up in time where the answer %s', async (_, listener) => {
    const { client, met } = await clientOf(listener, { call: 300 })
    expect(await meaningOf(client.ask(api => api.getMe()))).toBe('unreachable')
    await expect.poll(() => met.closed).toBe(1)
  })

  it.each<[string, RequestListener]>([
    ['breaks off', (_, answer) => answer.write('{"ok":', () => answer.destroy())],
    ['is a page of somebody else', (_, answer) => answer.writeHead(502).end('<html>Bad gateway</html>')],
    ['is not even an object', (_, answer) => answer.end('null')],
  ])('is not taken where the answer %s', async (_, listener) => {
    const { client, met } = await clientOf(listener, { call: 60_000 })
    expect(await meaningOf(client.ask(api => api.getMe()))).toBe('unreachable')
    await expect.poll(() => met.closed).toBe(1)
  })

  it('is given up where the answer has no end', async () => {
    let written = 0
    const megabyte = Buffer.alloc(1024 * 1024, ' ')
    const { client } = await clientOf(
      (_, answer) => {
        const more = () => {
          written += 1
          if (!answer.destroyed) answer.write(megabyte, more)
        }
        more()
      },
      { call: 20_000 },
    )
    expect(await meaningOf(client.ask(api => api.getMe()))).toBe('unreachable')
    expect(written).toBeLessThan(40)
  })

  it('is called off, before it is answered and before it begins', async () => {
    const stop = new AbortController()
    const { client, met } = await clientOf(() => stop.abort())
    const poll = () => client.askLong((api, until) => api.getUpdates({}, until), stop.signal)
    expect(await meaningOf(poll())).toBe('unreachable')
    await expect.poll(() => met.closed).toBe(1)
    expect(await meaningOf(poll())).toBe('unreachable')
    expect(met.paths).toHaveLength(1)
  })
})
