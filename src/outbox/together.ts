import type { Channel, OutboundMessage } from '../channels/channel.ts'
import { shown } from '../lib/clean-text.ts'
import type { Claimed } from './claim.ts'
import { crowdAt, type WriteCrowd } from './crowd.ts'
import { joinAt } from './join.ts'
import type { Pace } from './pace.ts'
import type { Run } from './runs.ts'

/** Messages of one chat that leave as one: what it says, its key, and what becomes of the first; the others are merged into it. */
export type Together = {
  messages: Claimed[]
  said: Pick<OutboundMessage, 'key' | 'text' | 'options' | 'show' | 'wants'>
  first: 'sent' | 'merged'
}

/**
 * Finds what should leave together: a crowd of cards where a minute takes no more of them, or what one turn says where each message
 * is charged. What a platform refused together is tried apart.
 */
export function createTogether(writeCrowd: WriteCrowd | undefined) {
  const alone = new Set<number>()

  function crowd(message: Claimed, { queue, more }: Run, pace: Pace, most: number): Together | undefined {
    if (writeCrowd === undefined) return undefined
    const left = pace.left(message.address, message.urgency)
    const found = crowdAt(queue, { left, more, most, at: performance.now(), write: writeCrowd })
    if (found === undefined) return undefined
    const key = `${message.key}/${found.cards.length}`
    return { messages: found.cards, said: { key, text: shown(found.text) }, first: 'merged' }
  }

  return {
    /** For the first of a run, once its turn has come: while it waited, others came. */
    at(message: Claimed, run: Run, pace: Pace, { capabilities }: Channel): Together | undefined {
      if (alone.has(message.id)) return undefined
      const joined = joinAt(run.queue, capabilities, performance.now())
      if (joined === undefined) return crowd(message, run, pace, capabilities.textMax)
      return { messages: joined.messages, said: { key: `${message.key}/0`, ...joined.part }, first: 'sent' }
    },
    /** From now on each of these tries for itself. */
    part(messages: readonly Claimed[]): void {
      for (const { id } of messages) alone.add(id)
    },
    over({ id }: Claimed): void {
      alone.delete(id)
    },
  }
}
