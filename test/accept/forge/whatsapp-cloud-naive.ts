import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HEADER } from './whatsapp-cloud-forgeries.ts'

/**
 * The wrong door: reads first, parses, and signs what it would have written itself. It takes what was altered in a way parsing
 * undoes, and refuses Meta, which escapes characters as nobody else does.
 */
export async function openNaiveCloud(secret: string) {
  const rows: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    // Only now: whoever announces a body and sends none is waited for.
    request.on('end', () => {
      const isKnown = isLike(Buffer.concat(chunks).toString(), String(request.headers[HEADER] ?? ''), secret)
      if (isKnown) rows.push(request.url ?? '')
      response.writeHead(isKnown ? 200 : 401).end()
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

function isLike(text: string, given: string, secret: string): boolean {
  try {
    const body = JSON.stringify(JSON.parse(text))
    return given === `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  } catch {
    // No JSON: the wrong design has nothing to sign then.
    return false
  }
}
