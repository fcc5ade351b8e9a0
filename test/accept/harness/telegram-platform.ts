import { createServer } from 'node:net'
import { markUp } from '../../../src/channels/telegram/markup.ts'
import { startFakeTelegram } from '../../helpers/telegram/fake.ts'
import type { Person } from '../../helpers/telegram/person.ts'
import type { Message, Update } from '../../helpers/telegram/shapes.ts'
import { type Chat, createPlatform, type Manners, type Platform, type Seen } from './platform.ts'
import type { Child } from './process.ts'
import { redeliverer } from './telegram-repeats.ts'
import { optionsOf, speak } from './telegram-speech.ts'
import type { FromChild, Orders, Outbound, TelegramOrders } from './wire.ts'

const SECRET = 'Rahasia-Webhook-0123456789_abcdef'
const LOOK_MS = 10
/** Accounts and presses never repeat, in whichever Telegram they are. */
let accounts = 5_000_000_000
let ids = 0

/** Calls the Bot API would not have taken, and such as came before the time a 429 had named, over all platforms so far. */
export const telegramFaults = { violations: 0, tooEarly: 0 }

type Member = { chat: Chat; person: Person; read: number; underWay: Map<number, Outbound> }
type Open = { update: Update; taken: () => void }

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const at = server.address()
  await new Promise(done => server.close(done))
  return typeof at === 'object' && at !== null ? at.port : 0
}

/**
 * The same platform with a Telegram of one's own for citizens: what they write goes through its updates and the real adapter, and
 * what they see is what the adapter had it show. Desks stay on the wire between the processes.
 */
export async function createTelegramPlatform(
  manners: Manners,
  by: 'poll' | 'webhook',
  isControl = false,
): Promise<Platform> {
  const telegram = await startFakeTelegram({ secondMs: 100 })
  const { bot } = telegram
  telegram.world.nextId = () => {
    ids += 1
    return ids
  }
  const inner = createPlatform(manners)
  const { counts } = inner
  const common = { apiRoot: telegram.url, token: bot.token }
  const orders: TelegramOrders =
    by === 'poll' ? { ...common, by } : { ...common, by, secret: SECRET, port: await freePort() }
  const members = new Map<string, Member>()
  const byAddress = new Map<string, Member>()
  const open = new Map<number, Open>()
  const known = new Set<string>()
  const listeners = new Set<Parameters<Platform['listen']>[0]>()
  const repeats = redeliverer(orders, counts)
  let onTaken: () => void = () => undefined

  function memberAt(name: string): Member {
    const found = members.get(name)
    if (found !== undefined) return found
    accounts += 1
    const person = telegram.user('Warga', { id: accounts })
    const chat: Chat = { name: `telegram/${name}`, channel: 'telegram', address: String(accounts), seen: [] }
    const member = { chat, person, read: 0, underWay: new Map() }
    members.set(name, member)
    byAddress.set(chat.address, member)
    return member
  }

  /** Reads what is new in every chat. */
  function look(): void {
    for (const member of members.values()) {
      const { messages } = member.person.place
      if (messages.size === member.read) continue
      const fresh = [...messages.values()].slice(member.read)
      member.read = messages.size
      for (const message of fresh) if (message.from?.is_bot === true) see(member, message)
    }
  }

  function see({ chat, underWay }: Member, message: Message): void {
    const found = [...underWay].find(([, { text }]) => markUp(text).text === message.text) ?? [...underWay][0]
    if (found !== undefined) underWay.delete(found[0])
    const meant = found?.[1]
    // What does not arrive as it was meant is nothing anybody expects.
    const isWhole = meant !== undefined && markUp(meant.text).text === message.text
    const seen: Seen = {
      key: meant?.key ?? `unknown-${message.message_id}/0`,
      seq: meant?.seq ?? 0,
      from: meant?.from ?? 'bot',
      text: isWhole ? meant.text : (message.text ?? ''),
      options: optionsOf(message),
      at: performance.now(),
    }
    const repeat = chat.seen.some(({ key }) => key === seen.key)
    counts.sends += 1
    chat.seen.push(seen)
    for (const listener of listeners) listener(chat, seen, repeat)
  }

  /** Updates that wait no longer were confirmed. */
  function lookForTaken(): void {
    const waiting = new Set(bot.state.pending.map(({ update }) => update.update_id))
    for (const [id, { update, taken }] of open) {
      if (waiting.has(id)) continue
      open.delete(id)
      for (const ms of manners.repeats?.() ?? []) repeats.later(update, ms)
      taken()
      onTaken()
    }
  }

  function heard(from: Child, message: FromChild): boolean {
    if (message.type === 'heard') {
      if (!message.repeat && known.has(message.id)) counts.repeatsTaken += 1
      known.add(message.id)
    } else if (message.type === 'settled') {
      for (const { underWay } of members.values()) underWay.delete(message.n)
    } else if (message.type === 'send' && message.message.channel === 'telegram') {
      byAddress.get(message.message.address)?.underWay.set(message.n, message.message)
      from.tell({ type: 'sent', n: message.n })
    } else return false
    return true
  }

  const stopWatching = telegram.watch(look)
  const timer = setInterval(lookForTaken, LOOK_MS)
  return {
    ...inner,
    orders: { telegram: orders } satisfies Partial<Orders>,
    chatAt: (channel, name) => (channel === 'telegram' ? memberAt(name).chat : inner.chatAt(channel, name)),
    chats: () => [...inner.chats(), ...[...members.values()].map(({ chat }) => chat)],
    prepare(child) {
      for (const { underWay } of members.values()) underWay.clear()
      child.hear(message => heard(child, message))
    },
    attach(child) {
      inner.attach({
        ...child,
        hear: listener =>
          child.hear(message => {
            if (!heard(child, message)) listener(message)
          }),
      })
    },
    post(chat, message) {
      const member = byAddress.get(chat.address)
      if (member === undefined) return inner.post(chat, message)
      counts.updates += 1
      counts.deliveries += 1
      speak(member.person, message)
      const update = bot.state.pending.at(-1)?.update
      if (update === undefined) throw new Error('Telegram has no update of what was said.')
      return new Promise(taken => open.set(update.update_id, { update, taken }))
    },
    listen(listener) {
      const stop = inner.listen(listener)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        return stop()
      }
    },
    onTaken(listener) {
      onTaken = listener
      inner.onTaken(listener)
    },
    isIdle: () => inner.isIdle() && open.size === 0 && repeats.isIdle(),
    disturb(share, slowestMs) {
      const way = { method: 'sendMessage', chance: share / 2 }
      telegram.breaks({ ...way, harm: { flood: 1 } })
      telegram.breaks({ ...way, harm: { error: 500, description: 'Internal Server Error' } })
      telegram.breaks({ method: 'sendMessage', chance: 0.5, harm: { slow: slowestMs / 2 } })
    },
    close() {
      clearInterval(timer)
      stopWatching()
      repeats.close()
      inner.close()
      counts.failures += telegram.callsOf('sendMessage').filter(({ answer }) => answer !== 200).length
      telegramFaults.violations += telegram.violations.length
      // A wrong design may be as impatient as it likes.
      if (!isControl) telegramFaults.tooEarly += telegram.tooEarly.length
      for (const one of telegram.violations) process.stderr.write(`${JSON.stringify(one)}\n`)
      void telegram.close()
    },
  }
}
