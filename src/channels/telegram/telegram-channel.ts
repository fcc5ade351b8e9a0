import type { Hono } from 'hono'
import { pause } from '../back-off.ts'
import type { Channel } from '../channel.ts'
import { createLanes } from '../lanes.ts'
import { type Client, createClient } from './client.ts'
import { createDoorkeeper } from './doorkeeper.ts'
import { createFetchFile } from './fetch-file.ts'
import { asHtml, markUp } from './markup.ts'
import { createNotices } from './notices.ts'
import { pollUpdates } from './poll-loop.ts'
import type { TelegramOptions, Times } from './ports.ts'
import { createSend } from './send.ts'
import { directUpdates, introduce } from './set-up.ts'
import { createSideCalls } from './side-calls.ts'
import { createTake, type Take } from './take.ts'
import { createTopics } from './topics.ts'
import { webhookRoutes } from './webhook.ts'

const TIMES: Times = {
  call: 12_000,
  poll: 30_000,
  busy: 250,
  firstPause: 1_000,
  longestPause: 30_000,
  slow: 60_000,
  explain: 5_000,
  leave: 300_000,
  download: 30_000,
}
/** Milliseconds a stop waits for what is under way: Telegram gives again what was not taken by then. */
const FINISH_MS = 5_000

/** Under what Telegram names (30 a second, 1 a second in a chat, 20 a minute in a group): new topics and notices count as well. */
const PACE: Channel['pace'] = {
  perSecond: 28,
  perAddressMs: 1000,
  perMinute: address => (address.startsWith('-') ? 18 : Number.POSITIVE_INFINITY),
}

export type TelegramChannel = Channel & {
  /** To be mounted at the root; refuses everything until the channel is started. */
  routes: Hono
  /** What an office's bot is called, for links to it; undefined until Telegram has told. */
  usernameOf(office: string): string | undefined
}

/** Balai on Telegram: any number of bots, one for each office, by webhook or by asking. */
export function telegramChannel(options: TelegramOptions): TelegramChannel {
  const { bots, apiRoot, groups, threads, log, now = () => new Date(), chance = Math.random } = options
  const times = { ...TIMES, ...options.times }
  const clients: ReadonlyMap<string, Client> = new Map(
    bots.map(account => [account.office, createClient(account, { apiRoot, times, log })]),
  )
  const lanes = createLanes()
  const notices = createNotices(options)
  const sideCalls = createSideCalls(options)
  const fetchFile = createFetchFile({ ...options, times })
  const doorkeeper = createDoorkeeper({ groups, notices, times, log })
  const topics = createTopics({ groups, threads, log })
  const stopped = new AbortController()
  const background: Promise<void>[] = []
  let take: Take | undefined

  async function finish(late: AbortSignal): Promise<void> {
    await Promise.all(background)
    while (lanes.count() > 0 && !late.aborted) await pause(20, late)
    await sideCalls.ended()
  }

  return {
    name: 'telegram',
    routes: webhookRoutes({ ...options, clients, lanes, take: () => take }),
    capabilities: { buttons: 24, labelMax: 60, textMax: 4096, edit: true },
    pace: PACE,
    shows: text => asHtml(markUp(text)),
    usernameOf: office => clients.get(office)?.username,
    send: createSend({ ...options, clients, topics }),

    async start(onMessage) {
      const { signal } = stopped
      const begun = createTake({ ...options, doorkeeper, notices, sideCalls, fetchFile, now, onMessage })
      take = begun
      for (const client of clients.values()) {
        const parts = { ...options, client, lanes, take: begun, times, chance, signal }
        const directed = directUpdates(parts)
        background.push(directed.then(() => introduce(parts)))
        // Asked only once no webhook is set any more: Telegram would refuse it, and we would wait.
        if (client.account.by === 'poll') background.push(directed.then(() => pollUpdates(parts)))
      }
    },

    async stop() {
      take = undefined
      stopped.abort()
      doorkeeper.stop()
      const late = new AbortController()
      await Promise.race([finish(late.signal), pause(FINISH_MS, late.signal)])
      late.abort()
    },
  }
}
