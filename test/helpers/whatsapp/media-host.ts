import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { harmFor } from './faults.ts'
import type { World } from './world.ts'

async function takeUpload(world: World, request: IncomingMessage, path: string): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const directPath = `/v${path}`
  world.files.set(directPath, Buffer.concat(parts))
  return JSON.stringify({ url: `https://${world.mediaHost}${directPath}`, direct_path: directPath })
}

async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'https://localhost')
  const on = request.method === 'POST' ? 'upload' : 'download'
  const harm = harmFor(world, on, { to: pathname })
  if (harm !== undefined && 'silence' in harm) return
  if (harm !== undefined && 'error' in harm) {
    response.writeHead(harm.error).end()
    return
  }
  if (on === 'upload') {
    response.setHeader('content-type', 'application/json')
    response.end(await takeUpload(world, request, pathname))
    return
  }
  const file = world.files.get(pathname)
  if (file === undefined) response.writeHead(404).end()
  else response.writeHead(200, { 'content-length': file.length }).end(file)
}

/** The media host: https on a port of 127.0.0.1. Sets the world's `mediaHost`; files are enciphered, it understands none. */
export async function startMediaHost(world: World, cert: string, key: string): Promise<Server> {
  const server = createServer({ cert, key }, (request, response) => {
    serve(world, request, response).catch((problem: unknown) => {
      world.failures.push(problem)
      response.destroy()
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  world.mediaHost = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return server
}
