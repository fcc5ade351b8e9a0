import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DatabaseAddress } from '../../../src/records/address.ts'
import { startFakeGraph } from '../../helpers/whatsapp-cloud/fake-graph.ts'
import { cloudEnv } from '../harness/cloud-env.ts'
import { openNaiveStore } from './naive-store.ts'
import type { Outdoors } from './platform-outage.ts'

/** Meta's own pauses grow to hours and are none of ours: here it is as impatient as Telegram. */
const AGAIN_MS = 500

/** A Graph API whose webhook posts what citizens write, and what became of our messages. */
export async function cloudOutdoors(): Promise<Outdoors> {
  const graph = await startFakeGraph({ businesses: [{ name: 'Balai' }, { name: 'Naif' }] })
  const [ours, control] = graph.businesses
  if (ours === undefined || control === undefined) throw new Error('WhatsApp has no number for the control.')
  const businesses = { ours, control }
  const impatience = setInterval(() => ours.hurries(), AGAIN_MS)
  return {
    isCalling: true,
    env: () => cloudEnv('medan', graph.url, ours),
    people: (whose, count) =>
      Array.from({ length: count }, (_, n) => {
        const here = graph.user(`Warga ${n}`).in(businesses[whose])
        return {
          says: text => here.says(text).id,
          replies: () => here.messages().filter(({ from }) => from === 'business').length,
        }
      }),
    waiting: whose => new Set(businesses[whose].pending),
    async openControl(database) {
      const door = await openNaiveCloud(database)
      await control.listens(door.url, { unverified: true })
      return door
    },
    opened: door => ours.listens(`${door}/whatsapp/medan`, { unverified: true, batch: 3, connections: 40 }),
    askedInVain: () => ours.deliveries.some(({ status }) => status === 503),
    violations: graph.violations,
    // One chat is answered twenty times a minute, in which two thirds of all must fit.
    talk: { messages: 15, soonestMs: 3_200 },
    async close() {
      clearInterval(impatience)
      await graph.close()
    },
  }
}

/** The webhook one would write first: it says 200 and stores afterwards. */
async function openNaiveCloud(database: DatabaseAddress) {
  const store = await openNaiveStore(database)
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', chunk => chunks.push(chunk))
    request.on('end', () => {
      response.end()
      for (const [, text] of Buffer.concat(chunks)
        .toString()
        .matchAll(/"body":"([^"]*)"/g))
        store.keep(text)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stored: store.stored,
    async close(): Promise<void> {
      server.closeAllConnections()
      server.close()
      await store.close()
    },
  }
}
