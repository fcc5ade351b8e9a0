import type { ChannelName } from '../channels/channel.ts'
import { BEGIN_MS, type Claimed } from './claim.ts'
import { LEAVE, type Left, type Offer } from './handover.ts'
import type { Lane } from './lanes.ts'
import type { Run, Runs } from './runs.ts'

export type OfferParts = {
  runs: Runs
  /** Whether this lane takes more of that urgency. */
  isOpen(lane: Lane, urgency: number): boolean
  /** What is being claimed from the records just now; over when it is in our hands. */
  claiming(): Promise<void> | undefined
  /** Whether messages of a channel may be held until somebody writes. */
  holds(channel: ChannelName): boolean
  wake(): void
}

/**
 * Hands what turns say to the sender without a detour through the records. While it is in doubt what stands there as being
 * sent, nothing is handed over.
 */
export function createOffers({ runs, isOpen, claiming, holds, wake }: OfferParts) {
  const open = new Set<Promise<void>>()
  // What is marked as being sent may be nobody's: after a start, and after an answer that got lost.
  let doubtful = true

  function offer(): Offer {
    const { promise, resolve } = Promise.withResolvers<void>()
    const asked = new Map<string, Run>()
    const closed = doubtful
    if (!closed) open.add(promise)
    const over = () => {
      open.delete(promise)
      resolve()
    }
    return {
      until: performance.now() + BEGIN_MS,
      may(conversationId, lane, urgency) {
        if (closed || !isOpen(lane, urgency)) return LEAVE.none
        const run = runs.of(conversationId)
        if (run === undefined) return LEAVE.ifFree
        asked.set(conversationId, run)
        return run.broken ? LEAVE.none : LEAVE.ifOurs
      },
      holds,
      take(ours, left) {
        const claim = claiming()
        if (claim === undefined) put(ours, left)
        // Written behind what is marked as being sent by us: that may be on its way from the records to our hands, and goes first.
        else claim.then(put.bind(undefined, ours, left), put.bind(undefined, ours, left))
      },
      drop(uncertain) {
        doubtful ||= uncertain
        over()
      },
    }

    function put(ours: Claimed[], left: readonly Left[]): void {
      for (const [conversationId, messages] of chatsOf(ours)) {
        // What these were to follow went back to waiting meanwhile: they must wait behind it.
        runs.add(messages, { broken: asked.get(conversationId)?.broken === true })
      }
      for (const { conversationId, urgency } of left) {
        const run = runs.of(conversationId)
        if (run === undefined) wake()
        else {
          run.more = true
          // What only waits for its turn goes back, and is claimed again behind this.
          const [first] = run.queue
          if (first !== undefined && first.urgency > urgency && run.overtake?.()) run.broken = true
        }
      }
      over()
    }
  }

  return {
    offer,
    doubt() {
      doubtful = true
    },
    /** In doubt, runs `clear` once no offer is open any more, and nothing is in doubt after it. */
    async whenCertain(clear: () => Promise<void>): Promise<void> {
      if (!doubtful) return
      await Promise.all(open)
      await clear()
      doubtful = false
    },
  }
}

function chatsOf(messages: Claimed[]): Map<string, Claimed[]> {
  const chats = new Map<string, Claimed[]>()
  for (const message of messages) {
    const chat = chats.get(message.conversationId)
    if (chat === undefined) chats.set(message.conversationId, [message])
    else chat.push(message)
  }
  return chats
}
