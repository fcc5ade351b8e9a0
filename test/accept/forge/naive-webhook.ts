import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A wrong door to a webhook: it reads first, and then asks `taken` for the row of what it takes for true; undefined for what it refuses. */
export async function openNaiveWebhook(
  taken: (body: string, request: IncomingMessage) => string | undefined,
) {
  const rows: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    // Only now: whoever announces a body and sends none is waited for.
    request.on('end', () => {
      const row = taken(Buffer.concat(chunks).toString(), request)
      if (row !== undefined) rows.push(row)
      response.writeHead(row === undefined ? 401 : 200).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rows,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
