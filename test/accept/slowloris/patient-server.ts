import type { Server, ServerOptions } from 'node:http'

/** The wrong server: it waits for everybody as long as they like, and lets one address have every connection there is. */
export const SERVER_OPTIONS: ServerOptions = {
  headersTimeout: 0,
  requestTimeout: 0,
  keepAliveTimeout: 300_000,
}

export function limitServer(server: Server): void {
  server.maxConnections = 1_000
  server.timeout = 0
}
