import type { Server, ServerOptions } from 'node:http'
import type { Socket } from 'node:net'
import { LIMITS } from '../../lib/limits.ts'
import { clientAddress, isProxy, type Trusted, trustedProxies } from './client-address.ts'

/**
 * What a slow client may cost. Node's own are 60 s for headers and 300 s for a request. `requestTimeout` counts until
 * the request is in, so long polls and event streams are free of it; it is looked at every second.
 */
export const SERVER_OPTIONS: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  // Node's own, said so that nobody changes it unseen: a cookie, a signature and an address fit in many times over.
  maxHeaderSize: 16 * 1024,
}

/** Browsers and proxies send some twenty; Node's own most is 2,000. */
const HEADERS = 100

/** To be called before listening. 60 s without a byte either way ends a connection; streams beat every 15 s. */
export function limitServer(server: Server, proxies: readonly string[] = []): void {
  server.maxConnections = LIMITS.allConnections.most
  server.maxHeadersCount = HEADERS
  server.timeout = 60_000
  limitClients(server, trustedProxies(proxies))
}

/** No client address takes all connections there are: who has too many gets no further one until some are over. */
function limitClients(server: Server, trusted: Trusted): void {
  const open = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    // Behind a proxy of ours stand many, whom it counts itself.
    if (isProxy(socket.remoteAddress, trusted)) return
    const client = clientAddress(socket.remoteAddress, undefined, trusted)
    const count = (open.get(client) ?? 0) + 1
    if (count > LIMITS.clientConnections.most) {
      socket.destroy()
      return
    }
    open.set(client, count)
    socket.once('close', () => {
      const left = (open.get(client) ?? 1) - 1
      if (left === 0) open.delete(client)
      else open.set(client, left)
    })
  })
}
