import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { receiveConnection } from './connection.ts'
import { farewell, greet } from './login.ts'
import { issuePassport } from './noise.ts'
import { route } from './route.ts'
import { acceptWires } from './web-socket.ts'
import type { World } from './world.ts'

/** Other doors on the same server, such as the page: true if it was theirs. */
export type Door = (request: IncomingMessage, response: ServerResponse, address: URL) => Promise<boolean>

/** Clients' connections on a port of this machine. `away` tears them all and refuses new ones; `back` opens the same port again. */
export async function startServer(world: World, wanted: number, door?: Door) {
  const passport = issuePassport(world.root)
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://localhost')
    const served = door?.(request, response, address) ?? Promise.resolve(false)
    served
      .then(isServed => isServed || response.writeHead(404).end())
      .catch((problem: unknown) => response.destroy(problem instanceof Error ? problem : undefined))
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  acceptWires(server, wire =>
    receiveConnection(wire, passport, {
      onCaller: connection => {
        world.connections.add(connection)
        greet(world, connection)
      },
      onStanza: (connection, node) => route(world, connection, node),
      onEnd: connection => farewell(world, connection),
      onFailure: problem => world.failures.push(problem),
    }),
  )
  const listen = (on: number) =>
    new Promise<number>((done, fail) => {
      server.once('error', fail)
      server.listen(on, '127.0.0.1', () => {
        server.off('error', fail)
        done((server.address() as AddressInfo).port)
      })
    })
  const port = await listen(wanted)
  return {
    port,
    away: () =>
      new Promise<void>(done => {
        if (!server.listening) return done()
        server.close(() => done())
        for (const socket of sockets) socket.destroy()
      }),
    back: async () => {
      await listen(port)
    },
  }
}
