import { setTimeout as pause } from 'node:timers/promises'
import { addressOf, openCaller } from '../load/caller.ts'
import { missingIn, openChat, PATIENCE_MS, type WebChat } from '../load/web-chat.ts'

/** What came of a flood: how many were taken and turned away, and those of them that nobody has. */
export type Flooded = { taken: number; limited: number; shed: number; dropped: number; lost: number }

/** A chat that floods, and what it was told is ours. */
type Flooder = { chat: WebChat; taken: Set<string> }

let ids = 0

/** Sends from these chats as fast as so many hands can, until it is over; then looks for all that was taken. */
async function pour(flooders: Flooder[], hands: number, until: number): Promise<Flooded> {
  const met = { taken: 0, limited: 0, shed: 0, dropped: 0 }
  let turn = 0
  async function hand(): Promise<void> {
    while (performance.now() < until) {
      turn += 1
      const one = flooders[turn % flooders.length]
      if (one === undefined) return
      ids += 1
      const text = `banjir ${ids}`
      const { status } = await one.chat.post(`f${ids}`, text)
      if (status === 200) one.taken.add(text)
      if (status === 200) met.taken += 1
      else if (status === 429) met.limited += 1
      else if (status === 503) met.shed += 1
      else met.dropped += 1
      // Told to come later, a flood waits a moment: what is measured is Balai, not how quickly it can say no.
      if (status !== 200) await pause(50)
    }
  }
  await Promise.all(Array.from({ length: hands }, hand))
  return { ...met, lost: 0 }
}

/** Messages that were acknowledged and do not stand in their chats. */
async function lostOf(flooders: Flooder[]): Promise<number> {
  const until = performance.now() + PATIENCE_MS
  const lost = await Promise.all(flooders.map(({ chat, taken }) => missingIn(chat, taken, until)))
  return lost.reduce((sum, one) => sum + one, 0)
}

export type Flood = {
  pour(until: number): Promise<Flooded>
  lost(): Promise<number>
  close(): void
}

function floodOf(chats: WebChat[], hands: number): Flood {
  const flooders = chats.map(chat => ({ chat, taken: new Set<string>() }))
  return {
    pour: until => pour(flooders, hands, until),
    lost: () => lostOf(flooders),
    close: () => {
      for (const { chat } of flooders) chat.caller.close()
    },
  }
}

/** One chat, in the middle of a report. */
export async function oneChat(url: string): Promise<Flood & { chat: WebChat }> {
  const chat = await openChat(url, addressOf(2, 0))
  for (const [n, text] of ['pengaduan', 'layanan', 'terbuka'].entries()) await chat.say(`open${n}`, text)
  return { ...floodOf([chat], 32), chat }
}

/** One client address with as many chats as it is given. */
export async function oneAddress(url: string): Promise<Flood> {
  const caller = openCaller(url, addressOf(3, 0), 64)
  const chats: WebChat[] = []
  for (let n = 0; n < 30; n += 1) chats.push(await openChat(url, '', 'medan', caller))
  return floodOf(chats, 64)
}

/** Many chats of one office, each at an address of its own. */
export async function manyChats(url: string, count: number): Promise<Flood> {
  const chats = await Promise.all(
    Array.from({ length: count }, (_, n) => openChat(url, addressOf(4, n), 'medan')),
  )
  return floodOf(chats, count)
}
