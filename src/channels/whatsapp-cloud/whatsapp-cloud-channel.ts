import { setTimeout as wait } from 'node:timers/promises'
import type { Hono } from 'hono'
import type { Channel } from '../channel.ts'
import { createLanes } from '../lanes.ts'
import { markUp } from '../whatsapp-markup.ts'
import { createAlarm } from './alarm.ts'
import { BUTTONS, LIST } from './choices.ts'
import { type Client, createClient } from './client.ts'
import { BESIDE_MAX } from './compose.ts'
import { createFetchMedia } from './fetch-media.ts'
import { createNotices } from './notices.ts'
import { createPairLimit } from './pair-limit.ts'
import type { CloudOptions, Times } from './ports.ts'
import { createSend } from './send.ts'
import { createSideCalls } from './side-calls.ts'
import { createTake } from './take.ts'
import { createUpload } from './upload.ts'
import { type Taking, webhookRoutes } from './webhook.ts'

const TIMES: Times = { send: 12_000, call: 10_000, upload: 60_000, download: 20_000 }
/** Milliseconds a stop waits for what is under way: Meta gives again what was not taken by then. */
const FINISH_MS = 5_000

/**
 * A number takes 80 messages a second, those it receives counted in; a number also used in the app takes 20, and answers 130429
 * beyond. To one person Meta takes 1 in 6 seconds and lends up to 45: 20 a minute can go on for 4 minutes, and notices, which get
 * half of it, for ever. A second between two keeps them in order, which Meta does not promise.
 */
const PACE: Channel['pace'] = { perSecond: 50, perAddressMs: 1000, perMinute: () => 20 }

export type WhatsAppCloudChannel = Channel & {
  /** To be mounted at the root; refuses everything until the channel is started. */
  routes: Hono
}

/** Balai on Meta's Cloud API: any number of numbers, one for each office. */
export function whatsappCloudChannel(options: CloudOptions): WhatsAppCloudChannel {
  const { numbers, apiRoot, now = () => new Date() } = options
  const times = { ...TIMES, ...options.times }
  const clients: ReadonlyMap<string, Client> = new Map(
    numbers.map(number => [number.office, createClient(number, apiRoot)]),
  )
  const parts = { ...options, clients, times, now, lanes: createLanes(), alarm: createAlarm(options) }
  const sideCalls = createSideCalls(parts)
  let taking: Taking | undefined

  async function finish(late: AbortSignal): Promise<void> {
    while (parts.lanes.count() > 0 && !late.aborted) await pause(20, late)
    await sideCalls.ended()
  }

  return {
    name: 'whatsapp-cloud',
    routes: webhookRoutes({ ...parts, taking: () => taking }),
    capabilities: {
      buttons: BUTTONS.most,
      labelMax: BUTTONS.labelMax,
      textMax: 4096,
      choiceTextMax: BESIDE_MAX,
      list: LIST,
      combine: true,
      window: true,
      edit: false,
    },
    pace: PACE,
    shows: markUp,
    send: createSend({ ...parts, upload: createUpload(parts), pairLimit: createPairLimit() }),

    async start(onMessage, onOutcome = async () => undefined) {
      const tell = createNotices(parts)
      const fetchMedia = createFetchMedia(parts)
      taking = { take: createTake({ ...parts, tell, sideCalls, fetchMedia, onMessage }), onOutcome }
    },

    async stop() {
      taking = undefined
      const late = new AbortController()
      await Promise.race([finish(late.signal), pause(FINISH_MS, late.signal)])
      late.abort()
    },
  }
}

/** Waits, or less when `signal` aborts; never rejects. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: false }).catch(() => undefined)
}
