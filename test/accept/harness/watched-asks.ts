import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One getUpdates of one process; `ended` is missing while it is open. */
export type Ask = { who: number; began: number; ended?: number; status?: number }

/** Stands between one process and Telegram, and writes down when it asks for updates. */
export async function openWatchedAsks(telegramUrl: string, who: number, note: (ask: Ask) => void) {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', async () => {
      const ask: Ask = { who, began: performance.now() }
      if (request.url?.endsWith('/getUpdates')) note(ask)
      const gone = new AbortController()
      response.on('close', () => {
        ask.ended ??= performance.now()
        gone.abort()
      })
      const answer = await fetch(`${telegramUrl}${request.url}`, {
        method: 'POST',
        headers: { 'content-type': String(request.headers['content-type']) },
        body: Buffer.concat(chunks),
        signal: gone.signal,
      }).catch(() => undefined)
      ask.ended ??= performance.now()
      if (answer === undefined) {
        response.destroy()
        return
      }
      ask.status = answer.status
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
