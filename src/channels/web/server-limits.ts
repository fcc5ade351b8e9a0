import type { Server, ServerOptions } from 'node:http'

/**
 * What a slow client may cost. Node's own are 60 s for headers and 300 s for a request. `requestTimeout` counts until
 * the request is in, so long polls and event streams are free of it; it is looked at every second.
 */
export const SERVER_OPTIONS: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
}

/** To be called before listening. 60 s without a byte either way ends a connection; streams beat every 15 s. */
export function limitServer(server: Server): void {
  server.maxConnections = 1_000
  server.timeout = 60_000
}
