import { setTimeout as pause } from 'node:timers/promises'
import { openChat, type WebChat } from './web-chat.ts'

/** Milliseconds between two messages of one who waits for each answer. */
const EVERY_MS = 1_500
/** Seconds after which an answer counts as not given. */
const PATIENCE_S = 20

export type Polite = { latencies: number[]; refused: number; unanswered: number }

/** People who ask for the menu now and then and wait for it, each at an address of their own. */
export type People = {
  /** What they met for so many milliseconds. */
  watch(ms: number): Promise<Polite>
  close(): void
}

let ids = 0

export async function openPeople(
  url: string,
  count: number,
  addressOf: (n: number) => string,
  office = 'medan',
): Promise<People> {
  const chats: WebChat[] = []
  const seqs = new Map<WebChat, number>()
  for (let n = 0; n < count; n += 1) chats.push(await openChat(url, addressOf(n), office))

  async function one(chat: WebChat, n: number, until: number, met: Polite): Promise<void> {
    await pause((n / count) * EVERY_MS)
    while (performance.now() < until) {
      const before = seqs.get(chat) ?? 0
      const began = performance.now()
      ids += 1
      const { status } = await chat.post(`p${ids}`, 'menu')
      if (status !== 200) met.refused += 1
      else {
        const seq = await answeredAt(chat, before, began)
        if (seq === undefined) met.unanswered += 1
        else met.latencies.push(performance.now() - began)
        seqs.set(chat, seq ?? before)
      }
      await pause(Math.max(0, EVERY_MS - (performance.now() - began)))
    }
  }

  return {
    async watch(ms) {
      const met: Polite = { latencies: [], refused: 0, unanswered: 0 }
      const until = performance.now() + ms
      await Promise.all(chats.map((chat, n) => one(chat, n, until, met)))
      return met
    },
    close: () => {
      for (const { caller } of chats) caller.close()
    },
  }
}

/** The number of the answer to what was said at `began`, behind a line; undefined when none comes. */
async function answeredAt(chat: WebChat, before: number, began: number): Promise<number | undefined> {
  let after = before
  while (performance.now() - began < PATIENCE_S * 1000) {
    const lines = await chat.read(after, PATIENCE_S)
    after = lines?.at(-1)?.seq ?? after
    if (lines?.some(({ from }) => from === 'bot') === true) return after
    if (lines === undefined) await pause(100)
  }
  return undefined
}
