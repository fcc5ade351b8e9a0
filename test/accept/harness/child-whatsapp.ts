import type { Channel } from '../../../src/channels/channel.ts'
import { whatsappCounts } from '../../../src/channels/whatsapp/counts.ts'
import type { WhatsappOptions } from '../../../src/channels/whatsapp/ports.ts'
import { whatsappChannel } from '../../../src/channels/whatsapp/whatsapp-channel.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import type { Log } from '../../../src/lib/log.ts'
import { openWhatsApp, type WhatsAppParts } from '../../../src/open-whatsapp.ts'
import { isAway } from '../../../src/records/away.ts'
import { createSealing } from '../../../src/records/sealing.ts'
import { whatsappRecords } from '../../../src/whatsapp-ports.ts'
import { announcing, type Wired } from './announcing.ts'
import type { LinkedOrders, Orders } from './wire.ts'

/** The real adapter, opened as the program does, with a worker process of its own, on a WhatsApp of the parent's. */
export async function linkedChild(orders: Orders, linked: LinkedOrders, wired: Wired): Promise<Channel> {
  const { db, keyring, houses, wake } = wired
  const parts: WhatsAppParts = {
    config: { channels: { medan: { whatsapp: { by: 'baileys' } } } },
    houses,
    db,
    sealing: createSealing(keyring),
    address: orders.database,
    quota: { admit: async () => true },
    files: {
      put: async () => ({ refused: 'no_room' }),
      open: async () => undefined,
      sweep: async () => 0,
    },
    log: tellingOfWorkers(wired),
    counters: createCounters(whatsappCounts),
    wake,
    worker: linked.worker,
    mediaRoot: linked.mediaRoot,
  }
  const adapter = linked.everybodyLeads ? await ledByAll(parts) : openWhatsApp(parts)
  if (adapter === undefined) throw new Error('No office has a number.')
  return announcing(adapter, orders, wired)
}

/** The parent must know which process holds the socket, to do it harm. */
function tellingOfWorkers({ log, tell }: Wired): Log {
  return {
    ...log,
    info(event, fields) {
      log.info(event, fields)
      if (event === 'the worker of a WhatsApp number begins')
        tell({ type: 'worker', pid: Number(fields?.pid) })
    },
  }
}

/** The wrong design: whoever wants the socket opens it, and nobody looks who writes the keys. */
async function ledByAll({ db, files, log, counters, worker = {}, ...parts }: WhatsAppParts) {
  await db.pool.query(
    `insert into polls (office, channel, epoch) values ('medan', 'whatsapp', 1) on conflict (office, channel) do update set epoch = 1`,
  )
  const leader: WhatsappOptions['leader'] = {
    lead: async () => ({ epoch: 1, lost: new AbortController().signal, release: async () => undefined }),
  }
  return whatsappChannel({
    offices: ['medan'],
    ...whatsappRecords({ ...parts, db, officeOf: id => parts.houses.get(id)?.office }),
    leader,
    files,
    firstPerDay: () => 0,
    away: isAway,
    log,
    counters,
    worker,
  })
}
