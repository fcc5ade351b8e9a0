import { setTimeout as pause } from 'node:timers/promises'
import type { Channel, InboundMessage, OutboundMessage } from '../../../src/channels/channel.ts'
import { counted } from '../../../src/counted.ts'
import type { Knowledge } from '../../../src/knowledge/books.ts'
import { openLog } from '../../../src/lib/log.ts'
import { buildLine } from '../../../src/line.ts'
import type { House } from '../../../src/offices/house.ts'
import type { Records } from './server.ts'

/** One citizen, what they say one after another, and when. */
export type Asker = { address: string; office: string; at: Date; says: string[]; presses?: string }

/** The whole line with a platform that keeps what it is given, asked by many citizens side by side. */
export async function openAsking(
  { db, keyring }: Records,
  houses: ReadonlyMap<string, House>,
  knowledge: Knowledge,
) {
  const sent = new Map<string, OutboundMessage[]>()
  const platform: Channel = {
    name: 'telegram',
    capabilities: { buttons: 100, labelMax: 200, textMax: 4096 },
    pace: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    async send(message) {
      sent.set(message.address, [...(sent.get(message.address) ?? []), message])
      return { ref: '1' }
    },
    start: async () => undefined,
    stop: async () => undefined,
  }
  const line = buildLine({
    db,
    keyring,
    houses,
    knowledge,
    channels: new Map([['telegram', platform]]),
    log: openLog('silent'),
    alone: true,
    counters: counted(),
  })
  await line.start()
  let count = 0

  function say({ address, office, at }: Asker, more: Partial<InboundMessage>) {
    count += 1
    return line.inbox.receive({
      office,
      channel: 'telegram',
      address,
      externalId: `m${count}`,
      from: { is: 'citizen' },
      kind: 'text',
      text: '',
      sentAt: at,
      ...more,
    })
  }

  async function quiet(): Promise<void> {
    for (;;) {
      const { rows } = await db.pool.query<{ open: number }>(
        `select (select count(*) from outbox where channel = 'telegram' and status in ('waiting', 'sending'))
           + (select count(*) from inbox where channel = 'telegram' and status = 'pending') as open`,
      )
      if (rows[0]?.open === 0) return
      await pause(5)
    }
  }

  return {
    /** Lets them all ask; gives what each was told. Where what they want to press is offered, they press it. */
    async ask(askers: Asker[]): Promise<Map<string, OutboundMessage[]>> {
      await Promise.all(
        askers.map(async asker => {
          for (const text of asker.says) await say(asker, { text })
        }),
      )
      await quiet()
      await Promise.all(
        askers.flatMap(asker => {
          const offered = sent.get(asker.address)?.at(-1)?.options ?? []
          const wanted = offered.find(({ label }) => label === asker.presses)
          return wanted === undefined ? [] : [say(asker, { choice: wanted.id })]
        }),
      )
      await quiet()
      const told = new Map(askers.map(({ address }) => [address, sent.get(address) ?? []]))
      sent.clear()
      return told
    },
    stop: () => line.stop(),
  }
}
