import { once } from 'node:events'
import { serve } from '@hono/node-server'
import type { Channel } from '../../../src/channels/channel.ts'
import { whatsappCloudCounts } from '../../../src/channels/whatsapp-cloud/counts.ts'
import { readConfig } from '../../../src/config.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import { openWhatsAppCloud } from '../../../src/open-whatsapp-cloud.ts'
import { createSealing } from '../../../src/records/sealing.ts'
import { announcing, type Wired } from './announcing.ts'
import type { CloudOrders, Orders } from './wire.ts'

/** The real adapter, opened as the program does, between the line and a Graph API of the parent's. */
export async function cloudChild(orders: Orders, cloud: CloudOrders, wired: Wired): Promise<Channel> {
  const { db, keyring, log } = wired
  const adapter = openWhatsAppCloud({
    config: readConfig(cloud.env),
    offices: new Set(['medan']),
    db,
    sealing: createSealing(keyring),
    quota: { admit: async () => true },
    files: {
      put: async () => ({ refused: 'no_room' }),
      open: async () => undefined,
      sweep: async () => 0,
    },
    log,
    counters: createCounters(whatsappCloudCounts),
  })
  if (adapter === undefined) throw new Error('No office has a number.')
  const server = serve({ fetch: adapter.routes.fetch, port: cloud.port, hostname: '127.0.0.1' })
  await once(server, 'listening')
  return announcing(adapter, orders, wired)
}
