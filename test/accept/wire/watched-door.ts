import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Met } from './persistent-clients.ts'

/** What a platform shows for itself. */
const CREDENTIALS = ['x-telegram-bot-api-secret-token', 'x-hub-signature-256']

/** Stands between a platform and a webhook, and writes down how each call was answered. */
export async function openWatchedDoor(phase: () => string) {
  const met: Met[] = []
  let behind = ''
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', async () => {
      const [began, at] = [phase(), performance.now()]
      const headers = new Headers()
      for (const name of ['content-type', ...CREDENTIALS])
        headers.set(name, String(request.headers[name] ?? ''))
      const answer = await fetch(`${behind}${request.url}`, {
        method: 'POST',
        headers,
        body: Buffer.concat(chunks),
      }).catch(() => undefined)
      const again = answer?.headers.get('retry-after')
      met.push({
        began,
        ended: phase(),
        ms: Math.round(performance.now() - at),
        status: answer?.status ?? 'none',
        retryAfter: typeof again === 'string',
      })
      if (answer === undefined) response.destroy()
      else
        response
          .writeHead(answer.status, typeof again === 'string' ? { 'retry-after': again } : {})
          .end(await answer.text())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    met,
    leadsTo(url: string) {
      behind = url
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
