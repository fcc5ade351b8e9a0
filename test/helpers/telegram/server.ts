import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type Answer, answerCall } from './answer-call.ts'
import { serveFile } from './files.ts'
import type { Limits } from './limits.ts'
import type { World } from './world.ts'

/** Other doors on the same server, such as the page: true if it was theirs. */
export type Door = (request: IncomingMessage, response: ServerResponse, address: URL) => Promise<boolean>

async function give({ code, body, harm = { slow: 0 } }: Answer, response: ServerResponse): Promise<void> {
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
  response.writeHead(code, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  })
  if ('cut' in harm) {
    response.write(body.slice(0, Math.ceil(body.length / 2)))
    await pause(5)
    response.destroy()
  } else response.end(body)
}

async function serveDownload(world: World, address: URL, response: ServerResponse): Promise<void> {
  const [, token, path = ''] = /^\/file\/bot([^/]*)\/(.*)$/.exec(address.pathname) ?? []
  const known = world.bots.some(bot => bot.token === token && !bot.revoked)
  if (known && (await serveFile(world, path, response))) return
  const [code, words] = known ? [404, 'Not Found'] : [401, 'Unauthorized']
  response.writeHead(code, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ ok: false, error_code: code, description: words }))
}

/** The Bot API on a port of this machine. `away` closes the port, so that connections are refused; `back` opens the same again. */
export async function startServer(fake: { world: World; limits: Limits }, port: number, door?: Door) {
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const address = new URL(request.url ?? '/', 'http://localhost')
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    if (address.pathname.startsWith('/file/bot')) await serveDownload(fake.world, address, response)
    else if (address.pathname.startsWith('/bot'))
      await give(await answerCall(fake, request, address, gone.signal), response)
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
