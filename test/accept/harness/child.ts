/**
 * The process that gets killed: the real line on a database of its own, with channels whose messages come, and whose sends
 * go, over IPC. It loads what it can, says `warm`, and becomes what its orders say.
 */
import './quick-start.ts'
import { readFileSync } from 'node:fs'
import { deserialize } from 'node:v8'
import {
  type Channel,
  type ChannelName,
  type OnMessage,
  type OutboundMessage,
  SendError,
} from '../../../src/channels/channel.ts'
import { counted } from '../../../src/counted.ts'
import { openLog } from '../../../src/lib/log.ts'
import type { Line } from '../../../src/line.ts'
import type { House } from '../../../src/offices/house.ts'
import type { Wired } from './announcing.ts'
import type { FromChild, Orders, ToChild } from './wire.ts'

const { openDb } = await import('../../../src/records/db.ts')

type Sent = Extract<ToChild, { type: 'sent' }>

/** Nobody who runs these at night is to wait for the morning. */
const NOON = new Date('2026-11-23T05:00:00Z')
const log = openLog(process.env.LOG_LEVEL === 'debug' ? 'debug' : 'silent')
/** Read once by the parent: the flows are checked there, a restart here only needs them. */
const houses: Map<string, House> = deserialize(readFileSync(process.env.BALAI_HOUSES ?? ''))
const sends = new Map<number, (answer: Sent) => void>()
let lastSend = 0
let receive: OnMessage | undefined

const tell = (message: FromChild) => process.send?.(message)

/** Puts a message before the parent; what it answered. */
async function show(message: OutboundMessage): Promise<Sent> {
  const n = ++lastSend
  return new Promise<Sent>(resolve => {
    sends.set(n, resolve)
    tell({ type: 'send', n, message })
  })
}

/** Sends go to the parent, which is the platform; it answers what became of them. */
function channelOf(name: ChannelName, { textMax = 4096, pace }: Orders): Channel {
  return {
    name,
    capabilities: { buttons: 100, labelMax: 64, textMax },
    pace: pace ?? { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    async send(message) {
      const { failure, retryAfterMs } = await show(message)
      if (failure !== undefined) {
        throw new SendError(failure, 'The platform refused.', {
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        })
      }
      return {}
    },
    async start(onMessage) {
      receive = onMessage
    },
    async stop() {
      receive = undefined
    },
  }
}

/** Real channels, each loaded only by who is to have it. */
async function adaptersOf(orders: Orders, wired: Wired): Promise<Channel[]> {
  const { telegram, whatsapp, whatsappCloud } = orders
  const adapters: Channel[] = []
  if (telegram !== undefined)
    adapters.push(await (await import('./child-telegram.ts')).telegramChild(orders, telegram, wired))
  if (whatsappCloud !== undefined)
    adapters.push(await (await import('./child-whatsapp-cloud.ts')).cloudChild(orders, whatsappCloud, wired))
  if (whatsapp !== undefined)
    adapters.push(await (await import('./child-whatsapp.ts')).linkedChild(orders, whatsapp, wired))
  return adapters
}

async function go(orders: Orders): Promise<void> {
  if (orders.killAt !== undefined) process.env.BALAI_KILL_AT = String(orders.killAt)
  const keyring = {
    lookup: Buffer.from(orders.keys.lookup, 'base64'),
    outer: [{ id: 1, key: Buffer.from(orders.keys.outer, 'base64') }],
  }
  const db = openDb(orders.database, { max: 6, log })
  const wake: { now: () => void } = { now: () => undefined }
  const names: ChannelName[] = ['telegram', 'web']
  const channels = new Map(names.map(name => [name, channelOf(name, orders)]))
  const wired = { db, keyring, houses, log, show, tell, wake: () => wake.now(), lastSend: () => lastSend }
  for (const adapter of await adaptersOf(orders, wired)) channels.set(adapter.name, adapter)
  const parts = {
    db,
    keyring,
    houses,
    channels,
    log,
    alone: orders.shared !== true,
    counters: counted(),
    now: () => NOON,
  }
  // Only now: the kill points are armed when their module is loaded.
  async function build() {
    if (orders.control !== undefined)
      return (await import('./naive-line.ts')).buildNaiveLine(parts, orders.control)
    const whole = (await import('../../../src/line.ts')).buildLine(parts)
    wake.now = () => whole.delivery.wake()
    return orders.announces === true ? announcing(whole) : whole
  }
  /** The line with what speaks first beside it. */
  async function announcing(whole: Line): Promise<Pick<Line, 'start' | 'stop'>> {
    const { createAnnouncer } = await import('../../../src/outreach/announcer.ts')
    const announcer = createAnnouncer({
      db,
      room: whole.room,
      offices: () => ['medan'],
      wake: wired.wake,
      log,
      now: () => NOON,
    })
    return {
      async start() {
        await whole.start()
        announcer.start()
      },
      async stop() {
        await announcer.stop()
        await whole.stop()
      },
    }
  }
  const line = await build()
  if (orders.poison) (await import('./poison-actions.ts')).poisonActions()
  await line.start()
  let asked = false
  const stop = async () => {
    // The second of two stop orders changes nothing.
    if (asked) return
    asked = true
    await line.stop()
    await parts.db.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())
  tell({ type: 'started' })
}

async function deliver({ n, message }: Extract<ToChild, { type: 'deliver' }>): Promise<void> {
  try {
    if (receive === undefined) throw new Error('Not open.')
    const { repeat } = await receive({ ...message, sentAt: new Date(message.sentAt) })
    tell({ type: 'taken', n, repeat })
  } catch (error) {
    tell({
      type: 'refused',
      n,
      fault: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    })
  }
}

process.on('message', (message: ToChild) => {
  if (message.type === 'go') void go(message.orders)
  else if (message.type === 'deliver') void deliver(message)
  else {
    sends.get(message.n)?.(message)
    sends.delete(message.n)
  }
})
// The parent is gone: nobody would ever stop us.
process.on('disconnect', () => process.exit(0))
tell({ type: 'warm' })
