import type { ChannelName, Option, SendFailure } from '../../../src/channels/channel.ts'
import type { Child } from './process.ts'
import type { FromChild, Inbound, Orders, Outbound } from './wire.ts'

/** One message a chat saw. The same `key` again is a repeat, which only a crash may cause. */
export type Seen = {
  key: string
  seq: number
  from: 'bot' | 'staff'
  text: string
  options: Option[]
  at: number
}
export type Chat = { name: string; channel: ChannelName; address: string; seen: Seen[] }

/** How a platform may be: what it does with one more send, and whether it delivers an update again. */
export type Manners = {
  /** Updates handed over and not yet acknowledged, over all chats. */
  parallel: number
  /** Milliseconds until a send is answered, and the failure it is answered with, if any. */
  onSend?: (message: Outbound) => { delayMs?: number; failure?: SendFailure; retryAfterMs?: number }
  /** Repeats of an acknowledged update to come: milliseconds from now, one each. */
  repeats?: () => number[]
}

type Update = { chat: Chat; message: Inbound; acknowledged: boolean; taken: () => void }
export type Platform = ReturnType<typeof createPlatform>

/** Milliseconds before an update that was not acknowledged comes again. */
const AGAIN_MS = 20

/**
 * Telegram, only stricter: an update comes again until it is acknowledged, the next of its chat not before, any number of
 * chats side by side; every send is recorded. It outlives the children it is attached to.
 */
export function createPlatform(manners: Manners) {
  const chats = new Map<string, Chat>()
  const queues = new Map<Chat, Update[]>()
  const busy = new Set<Chat>()
  const repeats: Update[] = []
  const underWay = new Map<number, { update: Update; repeat: boolean }>()
  const listeners = new Set<(chat: Chat, seen: Seen, repeat: boolean) => void>()
  let onTaken: () => void = () => undefined
  const counts = { updates: 0, deliveries: 0, refused: 0, sends: 0, repeatsTaken: 0, failures: 0 }
  const timers = new Set<NodeJS.Timeout>()
  let child: Child | undefined
  let n = 0

  function later(ms: number, what: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      what()
    }, ms)
    timers.add(timer)
  }

  function handOver(update: Update, repeat: boolean): void {
    n += 1
    counts.deliveries += 1
    underWay.set(n, { update, repeat })
    child?.tell({ type: 'deliver', n, message: update.message })
  }

  function pump(): void {
    if (child === undefined) return
    while (repeats.length > 0 && underWay.size < manners.parallel) {
      const update = repeats.shift()
      if (update !== undefined) handOver(update, true)
    }
    for (const [chat, queue] of queues) {
      if (underWay.size >= manners.parallel) return
      const update = queue[0]
      if (update === undefined || busy.has(chat)) continue
      busy.add(chat)
      handOver(update, false)
    }
  }

  function acknowledged(update: Update): void {
    if (!update.acknowledged) {
      update.acknowledged = true
      const queue = queues.get(update.chat) ?? []
      queue.shift()
      if (queue.length === 0) queues.delete(update.chat)
      for (const ms of manners.repeats?.() ?? []) {
        later(ms, () => {
          repeats.push(update)
          pump()
        })
      }
      update.taken()
      onTaken()
    }
    busy.delete(update.chat)
  }

  function heard(from: Child, message: FromChild): void {
    if (message.type === 'send') sent(from, message.n, message.message)
    if (message.type !== 'taken' && message.type !== 'refused') return
    const delivered = underWay.get(message.n)
    underWay.delete(message.n)
    if (delivered === undefined) return
    const { update, repeat } = delivered
    if (message.type === 'taken') {
      if (repeat && !message.repeat) counts.repeatsTaken += 1
      if (!repeat) acknowledged(update)
      pump()
    } else {
      counts.refused += 1
      later(AGAIN_MS, () => {
        if (repeat) repeats.push(update)
        else busy.delete(update.chat)
        pump()
      })
    }
  }

  function sent(from: Child, number: number, message: Outbound): void {
    const { delayMs = 0, ...answer } = manners.onSend?.(message) ?? {}
    counts.sends += 1
    if (answer.failure !== undefined) counts.failures += 1
    else {
      const chat = chatAt(message.channel, message.address)
      const { key, seq, text, options = [] } = message
      const repeat = chat.seen.some(seen => seen.key === key)
      const seen = { key, seq, from: message.from, text, options, at: performance.now() }
      chat.seen.push(seen)
      for (const listener of listeners) listener(chat, seen, repeat)
    }
    const answered = () => from.tell({ type: 'sent', n: number, ...answer })
    if (delayMs === 0) answered()
    else later(delayMs, answered)
  }

  function chatAt(channel: ChannelName, address: string): Chat {
    const name = `${channel}/${address}`
    const chat = chats.get(name) ?? { name, channel, address, seen: [] }
    chats.set(name, chat)
    return chat
  }

  return {
    counts,
    chatAt,
    /** A citizen's chat, on whichever channel this platform is. */
    citizenAt: (name: string): Chat => chatAt('telegram', name),
    chats: () => [...chats.values()],
    /** What a child must be told to be on this platform. */
    orders: {} as Partial<Orders>,
    /** Hears a child that has not started yet. */
    prepare: (_child: Child): void => undefined,
    /** Lets this share of the sends fail, and others take their time; here `onSend` says which. */
    disturb: (_share: number, _slowestMs: number): void => undefined,
    /** What comes now goes to this child; what the one before had not acknowledged comes again. */
    attach(to: Child): void {
      child = to
      to.hear(message => heard(to, message))
      const lost = [...underWay.values()]
      underWay.clear()
      for (const { update, repeat } of lost) {
        if (repeat) repeats.push(update)
        else busy.delete(update.chat)
      }
      pump()
    },
    detach(): void {
      child = undefined
    },
    /** Something said to us; resolves once it has been acknowledged. */
    post(chat: Chat, message: Omit<Inbound, 'channel' | 'address' | 'office' | 'sentAt'>): Promise<void> {
      return new Promise(taken => {
        const whole = { ...message, office: 'medan', channel: chat.channel, address: chat.address }
        const update: Update = {
          chat,
          message: { ...whole, sentAt: new Date().toISOString() },
          acknowledged: false,
          taken,
        }
        counts.updates += 1
        queues.set(chat, [...(queues.get(chat) ?? []), update])
        pump()
      })
    },
    listen(listener: (chat: Chat, seen: Seen, repeat: boolean) => void): () => boolean {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    /** Called for every update that is acknowledged. */
    onTaken(listener: () => void): void {
      onTaken = listener
    },
    /** Nothing is to be delivered or repeated any more. */
    isIdle: () => queues.size === 0 && repeats.length === 0 && underWay.size === 0 && timers.size === 0,
    close(): void {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}
