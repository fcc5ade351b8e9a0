import type { Channel } from '../../../src/channels/channel.ts'
import { whatsappCounts } from '../../../src/channels/whatsapp/counts.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import { openWhatsApp } from '../../../src/open-whatsapp.ts'
import { createSealing } from '../../../src/records/sealing.ts'
import { announcing, type Wired } from './announcing.ts'
import type { LinkedOrders, Orders } from './wire.ts'

/** The real adapter, opened as the program does, with a worker process of its own, on a WhatsApp of the parent's. */
export async function linkedChild(orders: Orders, linked: LinkedOrders, wired: Wired): Promise<Channel> {
  const { db, keyring, houses, log, wake } = wired
  const adapter = openWhatsApp({
    config: { channels: { medan: { whatsapp: { by: 'baileys' } } } },
    houses,
    db,
    sealing: createSealing(keyring),
    address: orders.database,
    files: {
      put: async () => ({ refused: 'no_room' }),
      open: async () => undefined,
      sweep: async () => 0,
    },
    log,
    counters: createCounters(whatsappCounts),
    wake,
    ...linked,
  })
  if (adapter === undefined) throw new Error('No office has a number.')
  return announcing(adapter, orders, wired)
}
