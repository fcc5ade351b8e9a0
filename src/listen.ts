import { createServer, type Server } from 'node:http'
import { serve } from '@hono/node-server'
import { limitServer, SERVER_OPTIONS } from './channels/web/server-limits.ts'
import { Refusal } from './lib/refusal.ts'

type Fetch = Parameters<typeof serve>[0]['fetch']

/** Opens the port; `port` is the one we got when 0 was asked for. Throws a Refusal when it is taken. */
export async function listen(
  fetch: Fetch,
  { host, port, trustedProxies = [] }: { host: string; port: number; trustedProxies?: readonly string[] },
): Promise<{ port: number; close(): Promise<void> }> {
  const server = serve({ fetch, hostname: host, port, createServer, serverOptions: SERVER_OPTIONS }) as Server
  limitServer(server, trustedProxies)
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Refusal(`Port ${port} is taken. Your move: stop what uses it, or set another PORT.`)
          : error,
      ),
    )
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
