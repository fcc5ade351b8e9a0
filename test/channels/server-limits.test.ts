import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { limitServer, SERVER_OPTIONS } from '../../src/channels/web/server-limits.ts'
import { LIMITS } from '../../src/lib/limits.ts'

const open = new Set<Socket>()
const servers = new Set<ReturnType<typeof createServer>>()
afterEach(() => {
  for (const socket of open) socket.destroy()
  for (const server of servers) server.close()
  open.clear()
})

async function listening(proxies: readonly string[] = []): Promise<number> {
  const server = createServer(SERVER_OPTIONS, (_, answer) => answer.end('ok'))
  limitServer(server, proxies)
  servers.add(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  return typeof at === 'object' && at !== null ? at.port : 0
}

/** A connection from there that asks for something: what it is answered with, '' when it is closed instead. */
function ask(port: number, localAddress: string): Promise<string> {
  return new Promise(done => {
    const socket = connect({ host: '127.0.0.1', port, localAddress })
    open.add(socket)
    let heard = ''
    socket.on('error', () => undefined)
    socket.on('close', () => done(heard))
    socket.on('data', words => {
      heard += words
      if (heard.includes('ok')) done(heard)
    })
    socket.write('GET / HTTP/1.1\r\nHost: balai.example\r\n\r\n')
  })
}

const served = (answers: string[]) => answers.filter(one => one.startsWith('HTTP/1.1 200')).length

it('gives one address its share of the connections, and another address still gets some', async () => {
  const port = await listening()
  const most = LIMITS.clientConnections.most
  const greedy = await Promise.all(Array.from({ length: most + 20 }, () => ask(port, '127.0.0.2')))
  expect(served(greedy)).toBe(most)
  expect(served([await ask(port, '127.0.0.3')])).toBe(1)
  // One that is over makes room.
  for (const socket of [...open].slice(0, 1)) {
    socket.destroy()
    await once(socket, 'close')
  }
  await expect.poll(async () => served([await ask(port, '127.0.0.2')])).toBe(1)
})

it('does not count a proxy that was named: many stand behind it', async () => {
  const port = await listening(['127.0.0.2'])
  const most = LIMITS.clientConnections.most
  expect(served(await Promise.all(Array.from({ length: most + 20 }, () => ask(port, '127.0.0.2'))))).toBe(
    most + 20,
  )
})

it('sets every limit of the server itself, and none that Node would choose', async () => {
  const server = createServer(SERVER_OPTIONS)
  limitServer(server)
  expect({
    headers: server.headersTimeout,
    request: server.requestTimeout,
    keepAlive: server.keepAliveTimeout,
    silence: server.timeout,
    connections: server.maxConnections,
    named: server.maxHeadersCount,
  }).toEqual({
    headers: 10_000,
    request: 15_000,
    keepAlive: 5_000,
    silence: 60_000,
    connections: 1_000,
    named: 100,
  })
})
