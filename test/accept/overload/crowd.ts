import { setTimeout as pause } from 'node:timers/promises'
import { type Answer, addressOf, type Caller, openCaller } from '../load/caller.ts'
import { missingIn, openChat, PATIENCE_MS, type WebChat } from '../load/web-chat.ts'

/** Chats that share an address: as many as one may open at once. */
const OF_ONE = 25
/** Citizens with chats for each hand that writes: nobody is stopped by the limit of one chat. */
const CHATS_A_HAND = 2

export type Met = { taken: number; limited: number; shed: number; withoutRetryAfter: number; dropped: number }

/** More citizens than the house can take, each with a chat, who all write at once and again as soon as they are answered. */
export type Crowd = {
  /** Writes with so many hands until it is over. */
  press(hands: number, until: () => boolean): Promise<Met>
  /** Messages that were acknowledged and do not stand in their chats. */
  lost(patienceMs?: number): Promise<number>
  /** Messages that were acknowledged so far. */
  taken(): number
  close(): void
}

let ids = 0

export async function openCrowd(url: string, hands: number): Promise<Crowd> {
  const callers: Caller[] = []
  const chats: { chat: WebChat; taken: Set<string> }[] = []
  const addresses = Math.ceil((hands * CHATS_A_HAND) / OF_ONE)
  for (let n = 0; n < addresses; n += 1) {
    // Hands in all, over all addresses: others need connections as well.
    const caller = openCaller(url, addressOf(11, n), Math.ceil(hands / addresses))
    callers.push(caller)
    const some = await Promise.all(Array.from({ length: OF_ONE }, () => openChat(url, '', 'medan', caller)))
    chats.push(...some.map(chat => ({ chat, taken: new Set<string>() })))
  }

  function note(met: Met, { status, retryAfter }: Answer): void {
    if (status === 200) met.taken += 1
    else if (status === 429) met.limited += 1
    else if (status === 503) met.shed += 1
    else met.dropped += 1
    if ((status === 503 || status === 429) && retryAfter < 1) met.withoutRetryAfter += 1
  }

  return {
    taken: () => chats.reduce((sum, { taken }) => sum + taken.size, 0),
    async press(hands, isOver) {
      const met: Met = { taken: 0, limited: 0, shed: 0, withoutRetryAfter: 0, dropped: 0 }
      let turn = 0
      const hand = async () => {
        while (!isOver()) {
          turn += 1
          ids += 1
          const one = chats[turn % chats.length]
          if (one === undefined) return
          const text = `ramai ${ids}`
          const answer = await one.chat.post(`c${ids}`, text)
          if (isOver() && answer.status === 0) return
          note(met, answer)
          if (answer.status === 200) one.taken.add(text)
          else await pause(20)
        }
      }
      await Promise.all(Array.from({ length: hands }, hand))
      return met
    },
    async lost(patienceMs = PATIENCE_MS) {
      const until = performance.now() + patienceMs
      const wrote = chats.filter(({ taken }) => taken.size > 0)
      let lost = 0
      // Some side by side: a chat that waits for what was set aside holds up no other, and nobody is flooded by looking.
      while (wrote.length > 0) {
        const some = wrote.splice(0, 50).map(({ chat, taken }) => missingIn(chat, taken, until))
        for (const missing of await Promise.all(some)) lost += missing
      }
      return lost
    },
    close: () => {
      for (const caller of callers) caller.close()
    },
  }
}
