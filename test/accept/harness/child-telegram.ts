import { once } from 'node:events'
import { serve } from '@hono/node-server'
import type { Channel } from '../../../src/channels/channel.ts'
import type { Lease } from '../../../src/channels/ports.ts'
import { telegramCounts } from '../../../src/channels/telegram/counts.ts'
import type { BotAccount, Times } from '../../../src/channels/telegram/ports.ts'
import { telegramChannel } from '../../../src/channels/telegram/telegram-channel.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import { isAway } from '../../../src/records/away.ts'
import { createSealing } from '../../../src/records/sealing.ts'
import { telegramRecords } from '../../../src/telegram-ports.ts'
import { announcing, type Wired } from './announcing.ts'
import type { Orders, TelegramOrders } from './wire.ts'

/** Pauses of a Telegram whose seconds are short. */
const TIMES: Partial<Times> = {
  call: 3_000,
  busy: 10,
  firstPause: 20,
  longestPause: 300,
  slow: 500,
}

/** The real adapter, with its records, between the line and a Telegram of the parent's. */
export async function telegramChild(
  orders: Orders,
  telegram: TelegramOrders,
  wired: Wired,
): Promise<Channel> {
  const { db, keyring, log, wake } = wired
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
  return orders.announces === true ? adapter : announcing(adapter, orders, wired)
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
