import { once } from 'node:events'
import { serve } from '@hono/node-server'
import type { Channel, OutboundMessage } from '../../../src/channels/channel.ts'
import type { Lease } from '../../../src/channels/ports.ts'
import { telegramCounts } from '../../../src/channels/telegram/counts.ts'
import type { BotAccount, Times } from '../../../src/channels/telegram/ports.ts'
import { telegramChannel } from '../../../src/channels/telegram/telegram-channel.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import type { Log } from '../../../src/lib/log.ts'
import { isAway } from '../../../src/records/away.ts'
import type { Db } from '../../../src/records/db.ts'
import type { Keyring } from '../../../src/records/keyring.ts'
import { createSealing } from '../../../src/records/sealing.ts'
import { telegramRecords } from '../../../src/telegram-ports.ts'
import type { FromChild, Orders, TelegramOrders } from './wire.ts'

/** Pauses of a Telegram whose seconds are short. */
const TIMES: Partial<Times> = {
  call: 3_000,
  busy: 10,
  firstPause: 20,
  longestPause: 300,
  slow: 500,
}

type Wired = {
  db: Db
  keyring: Keyring
  log: Log
  show(message: OutboundMessage): Promise<unknown>
  tell(message: FromChild): void
  wake(): void
  lastSend(): number
}

/**
 * The real adapter, with its records, between the line and a Telegram of the parent's. Each send is announced to the parent first,
 * so that it knows what a message it finds in a chat was in our outbox.
 */
export async function telegramChild(
  orders: Orders,
  telegram: TelegramOrders,
  wired: Wired,
): Promise<Channel> {
  const { db, keyring, log, show, tell, wake } = wired
  const { apiRoot, token } = telegram
  const office = 'medan'
  const account: BotAccount =
    telegram.by === 'poll'
      ? { office, token, by: 'poll' }
      : { office, token, by: 'webhook', secret: telegram.secret }
  const records = telegramRecords({ db, sealing: createSealing(keyring), address: orders.database, wake })
  const adapter = telegramChannel({
    bots: [account],
    apiRoot,
    ...(telegram.by === 'webhook' ? { publicUrl: `http://127.0.0.1:${telegram.port}` } : {}),
    ...records,
    ...(telegram.by === 'poll' && telegram.everybodyLeads ? everybodyLeads : {}),
    files: { put: async () => ({ refused: 'no_room' }), open: async () => undefined },
    away: isAway,
    log,
    counters: createCounters(telegramCounts),
    times: TIMES,
  })
  if (telegram.by === 'webhook') {
    const server = serve({ fetch: adapter.routes.fetch, port: telegram.port, hostname: '127.0.0.1' })
    await once(server, 'listening')
  }
  return {
    ...adapter,
    capabilities: { ...adapter.capabilities, textMax: orders.textMax ?? adapter.capabilities.textMax },
    // The outbox's pace is another check's affair, and would make hours of these.
    pace: orders.pace ?? { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    async send(message) {
      const shown = show(message)
      const n = wired.lastSend()
      await shown
      try {
        return await adapter.send(message)
      } finally {
        tell({ type: 'settled', n })
      }
    },
    start: onMessage =>
      adapter.start(async message => {
        const receipt = await onMessage(message)
        tell({ type: 'heard', id: message.externalId, repeat: receipt.repeat })
        return receipt
      }),
  }
}

/** The wrong design: whoever wants to ask may, and nobody looks who confirms. */
const everybodyLeads = {
  leader: {
    lead: async (): Promise<Lease> => ({
      epoch: 1,
      lost: new AbortController().signal,
      release: async () => undefined,
    }),
  },
  offsets: { set: async () => true },
}
