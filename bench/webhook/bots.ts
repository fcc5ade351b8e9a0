/** The two bots of `telegram`: ours as it is, and grammY's webhook with its session in PostgreSQL, on the same Hono. */
import { Hono } from 'hono'
import type { Channel, ChannelName } from '../../src/channels/channel.ts'
import { telegramCounts } from '../../src/channels/telegram/counts.ts'
import { telegramChannel } from '../../src/channels/telegram/telegram-channel.ts'
import { counted } from '../../src/counted.ts'
import { createCounters } from '../../src/lib/counters.ts'
import { openLog } from '../../src/lib/log.ts'
import { buildLine } from '../../src/line.ts'
import { isAway } from '../../src/records/away.ts'
import { openDb } from '../../src/records/db.ts'
import { makeKeyring } from '../../src/records/keyring.ts'
import { migrate } from '../../src/records/migrate.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { telegramRecords } from '../../src/telegram-ports.ts'
import { dialogueOf } from '../dialogue.ts'
import { countRows, openPool, POOL, storeIn } from '../durable/peers.ts'
import { houseOfSix, OFFICE } from '../house-of-six.ts'
import type { SessionContext } from '../variants/grammy.ts'

export const SECRET = 'bench-0123456789-abcdefghijklmnopqrstuv'
export const TOKEN = '1:bench-bench-bench-bench-bench-bench-bench'
export const PATH = `/telegram/${OFFICE}`

/** `records`: complaints kept so far. */
export type Bot = { app: Hono; records(): Promise<number> }

export const BOTS = { ours: openOurs, grammy: openGrammy }
export type BotName = keyof typeof BOTS

/** As the program runs it, but for the pace: Telegram's thirty a second for one bot would be all that is measured. */
async function openOurs(url: string, apiRoot: string): Promise<Bot> {
  await migrate(url)
  const log = openLog('warn')
  const keyring = makeKeyring()
  const db = openDb(url, { max: POOL, log })
  const sealing = createSealing(keyring)
  const real = telegramChannel({
    bots: [{ office: OFFICE, token: TOKEN, by: 'webhook', secret: SECRET }],
    apiRoot,
    ...telegramRecords({ db, sealing, address: url, wake: () => line.delivery.wake() }),
    files: { put: async () => ({ refused: 'no_room' }), open: async () => undefined },
    away: isAway,
    log,
    counters: createCounters(telegramCounts),
  })
  const channel: Channel = { ...real, pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 } }
  const line = buildLine({
    db,
    keyring,
    houses: new Map([[OFFICE, await houseOfSix(dialogueOf(6))]]),
    channels: new Map<ChannelName, Channel>([['telegram', channel]]),
    log,
    alone: true,
    counters: counted(),
  })
  await line.start()
  const app = new Hono()
  app.route('/', real.routes)
  return {
    app,
    async records() {
      const { rows } = await db.pool.query<{ n: number }>('select count(*)::int as n from tickets')
      return rows[0]?.n ?? 0
    },
  }
}

/** One read and one write of the session around the turn, the answer within it; not atomic, no dedupe, no outbox. */
async function openGrammy(url: string, apiRoot: string): Promise<Bot> {
  const { Bot, webhookCallback } = await import('grammy')
  const { talk } = await import('../variants/grammy.ts')
  const { BOT_INFO } = await import('../variants/grammy-api.ts')
  const pool = await openPool(url)
  const bot = new Bot<SessionContext>(TOKEN, {
    botInfo: BOT_INFO,
    client: { apiRoot },
  })
  talk(bot, {
    dialogue: dialogueOf(6),
    store: storeIn(pool),
    send: () => undefined,
    answerCallback: () => undefined,
    async keep(chat, answers) {
      const text = 'insert into complaints (chat, answers) values ($1, $2)'
      await pool.query({ name: 'keep', text, values: [chat, JSON.stringify(answers)] })
      return `LSM-2611-${chat}`
    },
  })
  const app = new Hono()
  app.post(PATH, webhookCallback(bot, 'hono', { secretToken: SECRET }))
  return { app, records: () => countRows(pool, 'complaints') }
}
