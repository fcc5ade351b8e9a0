import { setTimeout as pause } from 'node:timers/promises'
import type {
  Channel,
  ChannelName,
  InboundMessage,
  OnMessage,
  OutboundMessage,
} from '../../../src/channels/channel.ts'
import { isAway } from '../../../src/records/away.ts'

/** Before what was not taken is said again. */
const AGAIN_MS = 50

/** A platform that remembers all that was said on it, and can deliver it again. */
export type Platform = {
  /** Where citizens are, and where the desks' groups are. */
  channels: Map<ChannelName, Channel>
  /** Messages as they were delivered, each with when it was acknowledged (`performance.now`); in the order they were. */
  posted: { message: InboundMessage; acknowledged: number }[]
  /** Keys of the outbox that were sent here, with who got them. */
  sent: { key: string; address: string }[]
  /** Says something as this citizen, and waits for what is answered. */
  say(who: string, text: string): Promise<string>
  /** Delivers again what was posted elsewhere, each citizen's in order; how many were not repeats. */
  repeat(posted: Platform['posted']): Promise<InboundMessage[]>
}

/** `slowestMs`: the longest a send takes, so that something always waits. `said`: how many messages it has numbered already. */
export function openPlatform(slowestMs: number, chance: () => number, said = 0): Platform {
  const told = new Map<string, string[]>()
  const wake = new Map<string, () => void>()
  let receive: OnMessage | undefined
  let count = said
  const posted: Platform['posted'] = []
  const sent: Platform['sent'] = []

  async function post(message: InboundMessage): Promise<boolean> {
    if (receive === undefined) throw new Error('The line is not open.')
    let repeat: boolean
    try {
      repeat = (await receive(message)).repeat
    } catch (error) {
      // Too much waits: a platform keeps it and says it again.
      if (!isAway(error)) throw error
      await pause(AGAIN_MS)
      return post(message)
    }
    posted.push({ message, acknowledged: performance.now() })
    return repeat
  }

  async function send({ address, key, text }: OutboundMessage): Promise<object> {
    await pause(chance() * slowestMs)
    // Each part of a message has a number of its own behind the key of its row.
    sent.push({ key: key.slice(0, key.lastIndexOf('/')), address })
    told.set(address, [...(told.get(address) ?? []), text])
    wake.get(address)?.()
    return {}
  }

  function channelOf(name: ChannelName, open: (onMessage: OnMessage | undefined) => void): Channel {
    return {
      name,
      capabilities: { buttons: 100, labelMax: 64, textMax: 4096 },
      pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
      send,
      start: async onMessage => open(onMessage),
      stop: async () => open(undefined),
    }
  }

  return {
    posted,
    sent,
    channels: new Map([
      [
        'telegram',
        channelOf('telegram', onMessage => {
          receive = onMessage
        }),
      ],
      ['web', channelOf('web', () => undefined)],
    ]),
    async say(who, text) {
      const before = told.get(who)?.length ?? 0
      const answered = new Promise<void>(done => wake.set(who, done))
      count += 1
      await post({
        office: 'medan',
        channel: 'telegram',
        address: who,
        externalId: `${who}:${count}`,
        from: { is: 'citizen' },
        kind: 'text',
        text,
        sentAt: new Date(),
      })
      await answered
      return (told.get(who) ?? []).slice(before).join('\n')
    },
    async repeat(from) {
      const fresh: InboundMessage[] = []
      const chats = Map.groupBy(from, ({ message }) => message.address)
      await Promise.all(
        [...chats.values()].map(async chat => {
          for (const { message } of chat) if (!(await post(message))) fresh.push(message)
        }),
      )
      return fresh
    },
  }
}
