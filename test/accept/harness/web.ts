import type { Channel, InboundMessage, OnMessage } from '../../../src/channels/channel.ts'
import type { Office } from './telegram-house.ts'

/** A way to file reports that has no limits of its own: what a desk sees of them is what these checks are about. */
export type Web = {
  channel: Channel
  /** Says something as this citizen and waits for what is answered; the answer. */
  say(who: string, text: string, more?: Partial<InboundMessage>): Promise<string>
  /** What this citizen was told, oldest first. */
  heard(who: string): string[]
  office: Office
}

/** Milliseconds after which an answer counts as not given. */
const PATIENCE_MS = 60_000

export function createWeb(office: Office = 'lhokseumawe'): Web {
  const told = new Map<string, string[]>()
  const waiting = new Map<string, () => void>()
  let receive: OnMessage | undefined
  let count = 0

  return {
    office,
    channel: {
      name: 'web',
      capabilities: { buttons: 100, labelMax: 200, textMax: 4096 },
      pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
      async send({ address, text }) {
        told.set(address, [...(told.get(address) ?? []), text])
        waiting.get(address)?.()
        return {}
      },
      async start(onMessage) {
        receive = onMessage
      },
      async stop() {
        receive = undefined
      },
    },
    async say(who, text, more = {}) {
      const before = told.get(who)?.length ?? 0
      count += 1
      const answered = new Promise<void>((done, fail) => {
        const late = setTimeout(() => fail(new Error(`${who} heard nothing to "${text}".`)), PATIENCE_MS)
        waiting.set(who, () => {
          clearTimeout(late)
          done()
        })
      })
      await receive?.({
        office,
        channel: 'web',
        address: who,
        externalId: `web-${count}`,
        from: { is: 'citizen' },
        kind: 'text',
        text,
        sentAt: new Date(),
        ...more,
      })
      await answered
      waiting.delete(who)
      return (told.get(who) ?? []).slice(before).join('\n')
    },
    heard: who => told.get(who) ?? [],
  }
}
