import { onTestFinished } from 'vitest'
import { type InboundMessage, type OutboundMessage, SendError } from '../../../src/channels/channel.ts'
import type { DeskGroup, Lease, StoredFile } from '../../../src/channels/ports.ts'
import { telegramCounts } from '../../../src/channels/telegram/counts.ts'
import type { TelegramOptions, Times } from '../../../src/channels/telegram/ports.ts'
import { telegramChannel } from '../../../src/channels/telegram/telegram-channel.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import type { Log } from '../../../src/lib/log.ts'
import { startFakeTelegram, type Wish } from '../../helpers/telegram/fake.ts'

export const OFFICE = 'medan'
export const SECRET = 'Rahasia-Webhook-0123456789_abcdef'

/** Thrown where a test lets the database be away. */
export class Away extends Error {}

export const FAST: Times = {
  call: 2_000,
  poll: 30_000,
  busy: 5,
  firstPause: 5,
  longestPause: 40,
  slow: 40,
  explain: 30,
  leave: 60,
  download: 1_000,
}

type Change = Partial<TelegramOptions> & {
  by?: 'poll' | 'webhook'
  wish?: Wish
  /** Its Telegram is another stage's. */
  unwatched?: boolean
  /** Called with each message before it is kept; what it throws is what the records threw. */
  onMessage?: (message: InboundMessage) => unknown
}

export type Stage = Awaited<ReturnType<typeof stage>>

/** The channel on a fake Telegram, with ports that keep everything in memory. */
export async function stage({ by = 'poll', wish, unwatched, onMessage, ...change }: Change = {}) {
  const telegram = await startFakeTelegram({ secondMs: 10, ...wish })
  const desks = new Map<string, DeskGroup>()
  const moved = new Map<string, string>()
  const codes = new Map<string, string>()
  const threads = new Map<string, string>()
  const files = new Map<string, { mime: string; bytes: Uint8Array }>()
  const infected = new Set<string>()
  const long = new Map<string, string>()
  const heard: InboundMessage[] = []
  const logged: string[] = []
  const done: string[] = []
  const confirmed: number[] = []
  const counters = createCounters(telegramCounts)
  const say = (event: string, fields?: object) => void logged.push(`${event} ${JSON.stringify(fields ?? {})}`)
  const log: Log = { debug: say, info: say, warn: say, error: say }
  const account = { office: OFFICE, token: telegram.bot.token }

  const channel = telegramChannel({
    bots: [by === 'poll' ? { ...account, by } : { ...account, by, secret: SECRET }],
    apiRoot: telegram.url,
    groups: {
      deskOf: async (_, chat) => desks.get(chat),
      pair: async (_, chat, forum, code) => {
        const desk = codes.get(code)
        if (desk === undefined) return false
        codes.delete(code)
        desks.set(chat, { desk, forum, conversationId: `desk of ${desk}` })
        return true
      },
      forum: async (_, chat, isForum) => {
        const group = desks.get(chat)
        if (group !== undefined) desks.set(chat, { ...group, forum: isForum })
      },
      removed: async (_, chat) => void done.push(`removed ${chat}`),
      back: async (_, chat) => void done.push(`back ${chat}`),
      newcomers: async (_, chat) => void done.push(`newcomers ${chat}`),
      moved: async (_, chat, to) => {
        done.push(`moved ${chat} ${to}`)
        moved.set(to, chat)
      },
      isMovedHere: async (_, chat) => moved.has(chat) && !desks.has(chat),
      confirmMove: async (_, chat, who) => {
        const group = desks.get(moved.get(chat) ?? '')
        if (group === undefined || who !== String(head)) return false
        desks.set(chat, group)
        return true
      },
    },
    staff: {
      bind: async (_, who, code) => {
        if (code !== 'KODE-PETUGAS') return undefined
        done.push(`bound ${who}`)
        return 'Rina'
      },
    },
    threads: {
      of: async (_, chat, matter) => threads.get(`${chat} ${matter}`),
      note: async (_, chat, matter, thread) => void threads.set(`${chat} ${matter}`, thread),
      forget: async (_, chat, matter) => void threads.delete(`${chat} ${matter}`),
    },
    files: {
      async put(_, bytes, name): Promise<StoredFile | { refused: 'unknown_type' }> {
        const mime = { 255: 'image/jpeg', 37: 'application/pdf', 79: 'audio/ogg' }[bytes[0] ?? 0]
        if (mime === undefined) return { refused: 'unknown_type' }
        const id = `file-${files.size + 1}`
        files.set(id, { mime, bytes })
        return { id, name, mime }
      },
      open: async id => (infected.has(id) ? 'infected' : files.get(id)),
    },
    longOptions: {
      keep: async (_, token, option) => void long.set(token, option),
      of: async (_, token) => long.get(token),
    },
    leader: { lead: async (): Promise<Lease> => lease() },
    offsets: {
      set: async (_, offset) => {
        confirmed.push(offset)
        return true
      },
    },
    away: error => error instanceof Away,
    log,
    counters,
    times: FAST,
    chance: () => 0.5,
    ...change,
  })
  let head = 0
  onTestFinished(async () => {
    await channel.stop()
    await telegram.close()
    // A call the platform would never take is a fault of ours, whatever the test was about.
    if (telegram.violations.length > 0) throw new Error(JSON.stringify(telegram.violations))
  })
  await channel.start(async message => {
    await onMessage?.(message)
    const repeat = heard.some(({ externalId }) => externalId === message.externalId)
    if (!repeat) heard.push(message)
    return { repeat }
  })
  if (by === 'poll' && !unwatched) await telegram.until(() => telegram.callsOf('getUpdates').length > 0)

  return {
    telegram,
    channel,
    desks,
    moved,
    codes,
    threads,
    files,
    infected,
    long,
    heard,
    logged,
    done,
    confirmed,
    /** Who may confirm a move. */
    setHead: (id: number) => {
      head = id
    },
    count: (name: keyof typeof telegramCounts) =>
      Number(new RegExp(`^balai_${name} (\\d+)$`, 'm').exec(counters.text())?.[1]),
    /** A desk's group with the bot as its administrator. */
    deskGroup(kind: 'supergroup' | 'forum' = 'forum', desk = 'umum') {
      const group = telegram.group('Meja Umum', kind)
      desks.set(String(group.id), { desk, forum: kind === 'forum', conversationId: `desk of ${desk}` })
      group.adds(telegram.bot, 'administrator')
      return group
    },
    send: (to: number, text: string, more: Partial<OutboundMessage> = {}) =>
      channel.send({
        office: OFFICE,
        channel: 'telegram',
        address: String(to),
        key: 'k',
        seq: 1,
        from: 'bot',
        text,
        ...more,
      }),
    /** Waits until so many messages were heard. */
    hears: (count: number) => telegram.until(() => heard.length >= count && heard),
    post: (body: string, headers: Record<string, string> = {}) =>
      channel.routes.request(`/telegram/${OFFICE}`, {
        method: 'POST',
        body,
        headers: { 'x-telegram-bot-api-secret-token': SECRET, ...headers },
      }),
  }
}

export function lease(): Lease {
  return { epoch: 1, lost: new AbortController().signal, release: async () => undefined }
}

/** Why a send failed. */
export async function failureOf(sending: Promise<unknown>): Promise<SendError> {
  try {
    await sending
  } catch (error) {
    if (error instanceof SendError) return error
    throw error
  }
  throw new Error('It was sent.')
}
