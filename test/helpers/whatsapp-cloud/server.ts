import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type Answer, answerCall, authorize } from './answer-call.ts'
import { harmFor } from './faults.ts'
import { download } from './media-calls.ts'
import { Refusal } from './refusal.ts'
import type { BusinessState, World } from './world.ts'

/** Other doors on the same server, such as the page: true if it was theirs. */
export type Door = (request: IncomingMessage, response: ServerResponse, address: URL) => Promise<boolean>

async function give(answer: Answer, response: ServerResponse): Promise<void> {
  const { status, body, headers, harm = { slow: 0 } } = answer
  if ('hang' in harm) return
  if ('reset' in harm) {
    response.socket?.resetAndDestroy()
    return
  }
  if ('garbage' in harm) {
    response.writeHead(harm.garbage, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>')
    return
  }
  if ('slow' in harm) await pause(harm.slow)
  response.writeHead(status, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  if ('cut' in harm) {
    response.write(body.slice(0, Math.ceil(body.length / 2)))
    await pause(5)
    response.destroy()
  } else response.end(body)
}

function whoseToken(world: World, request: IncomingMessage): BusinessState | undefined {
  try {
    return authorize(world, request)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

async function serveDownload(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
  address: URL,
): Promise<void> {
  const business = whoseToken(world, request)
  const name = business?.name ?? ''
  const harm = harmFor(world, { what: 'download', business: name, to: undefined })
  const call = { at: world.now(), business: name, what: 'download', fields: {}, answer: 0 }
  world.calls.push(call)
  if (harm === undefined) call.answer = download(world, business, address, response)
  else await give({ status: 'error' in harm ? harm.error : 500, body: '', headers: {}, harm }, response)
}

/** Graph on a port of this machine. `away` closes the port, so that connections are refused; `back` opens the same again. */
export async function startServer(world: World, port: number, door?: Door) {
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const address = new URL(request.url ?? '/', 'http://localhost')
    if (address.pathname === '/whatsapp_business/attachments/')
      await serveDownload(world, request, response, address)
    else if (/^\/v\d/.test(address.pathname)) await give(await answerCall(world, request, address), response)
    else if (door === undefined || !(await door(request, response, address))) response.writeHead(404).end()
  }
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    )
  })
  const listen = (on: number) =>
    new Promise<number>((done, fail) => {
      server.once('error', fail)
      server.listen(on, '127.0.0.1', () => {
        server.off('error', fail)
        done((server.address() as AddressInfo).port)
      })
    })
  const away = () =>
    new Promise<void>(done => {
      if (!server.listening) return done()
      server.close(() => done())
      server.closeAllConnections()
    })
  const taken = await listen(port)
  return { port: taken, away, back: () => listen(taken) }
}
