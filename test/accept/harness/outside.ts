import type { ChannelName, Option } from '../../../src/channels/channel.ts'
import type { Chat, Manners, Platform, Seen } from './platform.ts'
import type { Child } from './process.ts'
import type { FromChild, Orders, Outbound } from './wire.ts'

const LOOK_MS = 10
/** So long after something was sent to them people are looked at whenever anybody may see something; all others, now and then. */
const LIVELY_MS = 30_000
const ALL_MS = 1_000

/** A message of ours as somebody sees it; `key` is the one we gave it, where the platform hands such a thing back. */
export type Shown = { id: string; text: string; options: Option[]; key?: string }

/** Somebody with an account of their own. */
export type Member = {
  /** Where our records know them. */
  address: string
  /** Says it, or presses the newest choice that stands for the option; gives the name of the update that tells us. */
  speak(said: { text: string; choice?: string }): string
  /** What has been shown to them since this was last asked. */
  news(): Shown[]
}

/** A platform as its own people see it: what one has to be, to stand between citizens and the line. */
export type Outside = {
  channel: ChannelName
  /** What a child must be told to be on it. */
  orders: Partial<Orders>
  /** `called`: their name there, as they wrote it themselves. */
  join(called: string): Member
  /** A text of ours as it is shown there. */
  shows(text: string): string
  /** What a message of ours is called there, where its key alone decides that; `Shown.key` is that name then. */
  calls?(key: string): string
  /** Names of the updates that are still to be taken. */
  waiting(): ReadonlySet<string>
  /** Gives an update that was taken once more, so many milliseconds from now, until it is taken again. */
  repeat(update: string, ms: number): void
  /** Nothing is to be delivered any more. */
  isIdle(): boolean
  /** Somebody is there to deliver to. */
  opened(): void
  /** Lets this share of the sends fail, and others take their time. */
  disturb(share: number, slowestMs: number): void
  /** Is told whenever somebody may see something new; gives what ends it. */
  watch(listener: () => void): () => void
  /** Ends it; gives how many sends it refused. */
  close(): number
}

type Known = Member & { chat: Chat; underWay: Map<string, Outbound>; announced: Map<string, Outbound> }

/**
 * The same platform with another outside for citizens: what they write goes through its updates and the real adapter, and what
 * they see is what the adapter had it show. Desks stay on the wire between the processes.
 */
export function outsideOf(inner: Platform, manners: Manners, outside: Outside): Platform {
  const { counts } = inner
  const { channel } = outside
  const members = new Map<string, Known>()
  const byAddress = new Map<string, Known>()
  const lively = new Map<Known, number>()
  const open = new Map<string, () => void>()
  const known = new Set<string>()
  const listeners = new Set<Parameters<Platform['listen']>[0]>()
  // A killed child's last calls may arrive after its successor has begun: theirs are told apart, and not forgotten.
  const lives = new Map<Child, number>()
  let onTaken: () => void = () => undefined

  function memberAt(name: string): Known {
    const found = members.get(name)
    if (found !== undefined) return found
    const member = outside.join(name)
    const chat: Chat = { name: `${channel}/${name}`, channel, address: member.address, seen: [] }
    const made = { ...member, chat, underWay: new Map(), announced: new Map() }
    members.set(name, made)
    byAddress.set(member.address, made)
    return made
  }

  function lookAt(some: Iterable<Known>): void {
    for (const member of some) for (const shown of member.news()) see(member, shown)
  }

  function look(): void {
    lookAt(lively.keys())
    const now = performance.now()
    for (const [member, until] of lively) if (until < now) lively.delete(member)
  }

  const lookAtAll = () => lookAt(members.values())

  function meantBy({ underWay, announced }: Known, { key, text }: Shown): Outbound | undefined {
    if (key !== undefined) return announced.get(key)
    const sends = [...underWay.values()]
    const found = sends.find(one => outside.shows(one.text) === text) ?? sends.at(-1)
    for (const [send, one] of underWay) if (one.key === found?.key) underWay.delete(send)
    return found
  }

  function see(member: Known, shown: Shown): void {
    const { chat } = member
    const meant = meantBy(member, shown)
    // What does not arrive as it was meant is nothing anybody expects.
    const isWhole = meant !== undefined && outside.shows(meant.text) === shown.text
    const seen: Seen = {
      key: meant?.key ?? `unknown-${shown.id}/0`,
      seq: meant?.seq ?? 0,
      from: meant?.from ?? 'bot',
      text: isWhole ? meant.text : shown.text,
      options: shown.options,
      at: performance.now(),
    }
    const repeat = chat.seen.some(({ key }) => key === seen.key)
    counts.sends += 1
    chat.seen.push(seen)
    for (const listener of listeners) listener(chat, seen, repeat)
  }

  /** Updates that wait no longer were confirmed. */
  function lookForTaken(): void {
    const waiting = outside.waiting()
    for (const [update, taken] of open) {
      if (waiting.has(update)) continue
      open.delete(update)
      for (const ms of manners.repeats?.() ?? []) {
        counts.deliveries += 1
        outside.repeat(update, ms)
      }
      taken()
      onTaken()
    }
  }

  function heard(from: Child, message: FromChild): boolean {
    if (message.type === 'heard') {
      if (!message.repeat && known.has(message.id)) counts.repeatsTaken += 1
      known.add(message.id)
    } else if (message.type === 'settled') {
      for (const { underWay } of members.values()) underWay.delete(`${lives.get(from)}/${message.n}`)
    } else if (message.type === 'send' && message.message.channel === channel) {
      const member = byAddress.get(message.message.address)
      member?.underWay.set(`${lives.get(from)}/${message.n}`, message.message)
      const { key } = message.message
      if (member !== undefined) lively.set(member, performance.now() + LIVELY_MS)
      member?.announced.set(outside.calls?.(key) ?? key, message.message)
      from.tell({ type: 'sent', n: message.n })
    } else return false
    return true
  }

  const stopWatching = outside.watch(look)
  const timer = setInterval(lookForTaken, LOOK_MS)
  const allTimer = setInterval(lookAtAll, ALL_MS)
  return {
    ...inner,
    orders: outside.orders,
    citizenAt: name => memberAt(name).chat,
    chats: () => [...inner.chats(), ...[...members.values()].map(({ chat }) => chat)],
    prepare(child) {
      lives.set(child, lives.size)
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
      outside.opened()
    },
    post(chat, message) {
      const member = byAddress.get(chat.address)
      if (member === undefined) return inner.post(chat, message)
      counts.updates += 1
      counts.deliveries += 1
      const update = member.speak(message)
      return new Promise(taken => open.set(update, taken))
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
    isIdle() {
      lookAtAll()
      return inner.isIdle() && open.size === 0 && outside.isIdle()
    },
    disturb: outside.disturb,
    close() {
      clearInterval(timer)
      clearInterval(allTimer)
      stopWatching()
      inner.close()
      counts.failures += outside.close()
    },
  }
}
