/** Our real line as `durable` sees it: the whole of it, and the inbox alone. */
import type { Channel, ChannelName, InboundMessage, OutboundMessage } from '../src/channels/channel.ts'
import { counted } from '../src/counted.ts'
import { createInbox, type InboxParts } from '../src/inbox/inbox.ts'
import { openLog } from '../src/lib/log.ts'
import { buildLine, type LineParts } from '../src/line.ts'
import { type Db, openDb } from '../src/records/db.ts'
import { makeKeyring } from '../src/records/keyring.ts'
import { migrate } from '../src/records/migrate.ts'
import { dialogueOf, TOPICS } from './dialogue.ts'
import type { Line } from './durable/line.ts'
import { POOL } from './durable/peers.ts'
import { houseOfSix, OFFICE } from './house-of-six.ts'
import type { Button, Update } from './telegram.ts'
import { translate } from './translate.ts'

const CHANNEL: ChannelName = 'web'

/** The whole line: a turn is over when the answer to it has left through the outbox, as a citizen would have it. */
export async function openLine(url: string): Promise<Line> {
  const waiting = new Map<string, (message: OutboundMessage) => void>()
  const shown = new Map<number, Button[]>()
  const parts = await openParts(url)
  let said = 0
  const channel: Channel = {
    name: CHANNEL,
    capabilities: { buttons: 100, labelMax: 64, textMax: 4096 },
    pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    async send(message) {
      said++
      waiting.get(message.address)?.(message)
      return {}
    },
    start: async () => undefined,
    stop: async () => undefined,
  }
  const line = buildLine({ ...parts, channels: new Map([[CHANNEL, channel]]), alone: true })
  await line.start()
  return {
    async turn(chat, update) {
      const address = String(chat)
      const answered = new Promise<OutboundMessage>(resolve => waiting.set(address, resolve))
      await line.inbox.receive(inboundOf(chat, update))
      const { options } = await answered
      waiting.delete(address)
      if (options === undefined) shown.delete(chat)
      else
        shown.set(
          chat,
          options.map(({ id, label }) => ({ text: label, callback_data: id })),
        )
    },
    buttons: chat => shown.get(chat) ?? [],
    counts: async () => ({ records: await countTickets(parts.db), said }),
    async close() {
      await line.stop()
      await parts.db.close()
    },
  }
}

/** The inbox alone: a turn is over when it is committed, and what is said stays in the outbox. */
export async function openInbox(url: string): Promise<Line> {
  const { db, ...parts } = await openParts(url)
  const { room } = buildLine({ db, ...parts, channels: new Map(), alone: true })
  let said = 0
  // Nobody sends here: everything is written as waiting.
  const outbox: InboxParts['outbox'] = {
    offer: () => ({
      until: 0,
      may: () => 0,
      holds: () => false,
      take: () => void said++,
      drop: () => undefined,
    }),
    wake: () => undefined,
  }
  const inbox = createInbox({ db, room, log: parts.log, counters: parts.counters, outbox })
  inbox.start()
  return {
    async turn(chat, update) {
      await inbox.receive(inboundOf(chat, update))
    },
    buttons: (_chat, step) => buttonsAt(step),
    counts: async () => ({ records: await countTickets(db), said }),
    async close() {
      await inbox.stop()
      await db.close()
    },
  }
}

async function openParts(url: string): Promise<Omit<LineParts, 'channels' | 'alone'>> {
  await migrate(url)
  const log = openLog('warn')
  const house = await houseOfSix(dialogueOf(6))
  return {
    db: openDb(url, { max: POOL, log }),
    keyring: makeKeyring(),
    houses: new Map([[OFFICE, house]]),
    log,
    counters: counted(),
  }
}

function inboundOf(chat: number, update: Update): InboundMessage {
  const { chat: _, file, sentAt: __, ...said } = translate(update)
  return {
    office: OFFICE,
    channel: CHANNEL,
    address: String(chat),
    externalId: String(update.update_id),
    from: { is: 'citizen' },
    ...said,
    ...(file === undefined ? {} : { file: { ...file, id: fileIdOf(chat) } }),
    sentAt: new Date(),
  }
}

/** A file we stored has an id of ours, a UUID; only with one does the ticket take it over. */
function fileIdOf(chat: number): string {
  return `00000000-0000-4000-8000-${chat.toString(16).padStart(12, '0')}`
}

/** Nothing is delivered here, so what an option is called must be known: the turn that offered it, and its name. */
function buttonsAt(step: number): Button[] {
  const names = step === 1 ? Object.keys(TOPICS) : ['send']
  return names.map(name => ({ text: name, callback_data: `${step}.${name}` }))
}

async function countTickets(db: Db): Promise<number> {
  const { rows } = await db.pool.query<{ n: number }>('select count(*)::int as n from tickets')
  return rows[0]?.n ?? 0
}
