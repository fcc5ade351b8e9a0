import type { Claimed } from './claim.ts'
import { turnOf } from './join.ts'
import { type Lane, laneOf } from './lanes.ts'

/** The messages of one chat that are in our hands, the first of them under way. */
export type Run = {
  readonly lane: Lane
  readonly queue: Claimed[]
  /** Something here goes back to waiting: nothing later may leave before it. */
  broken: boolean
  /** More of this chat waits in the records, to be looked for when this is over. */
  more: boolean
  /** Makes the first give its place up, if it only waits for its turn yet. */
  overtake: (() => boolean) | undefined
}

/** Whether several of its messages have their answers to come: this chat wrote on without waiting for one. */
export function hurries({ queue }: Run): boolean {
  const [first] = queue
  const last = queue.findLast(({ urgency }) => urgency === 0)
  return first !== undefined && last !== undefined && turnOf(first) !== turnOf(last)
}

export type Runs = {
  of(conversationId: string): Run | undefined
  /** Chats of one lane that are being sent to. */
  count(lane: Lane): number
  /** Lanes with anything in hand. */
  lanes(): Lane[]
  /** Ids of all messages in our hands. */
  ids(): number[]
  /** Puts a chat's messages behind those that are there already, or begins with them. */
  add(messages: Claimed[], how?: Partial<Pick<Run, 'more' | 'broken'>>): void
  /** Resolves when every run has ended. */
  ended(): Promise<void>
}

/**
 * One run a chat at most, so that its messages leave one after another whoever brings them. `drive` empties the queue; what is
 * added while it ends is driven as well.
 */
export function createRuns(drive: (run: Run) => Promise<void>, over: (run: Run) => void): Runs {
  const runs = new Map<string, Run>()
  const working = new Set<Promise<void>>()

  async function begin(conversationId: string, run: Run): Promise<void> {
    runs.set(conversationId, run)
    while (run.queue.length > 0) await drive(run)
    // In the same breath as nothing was left.
    runs.delete(conversationId)
    over(run)
  }

  return {
    of: conversationId => runs.get(conversationId),
    count(lane) {
      let n = 0
      for (const run of runs.values()) if (run.lane === lane) n += 1
      return n
    },
    lanes: () => [...new Set([...runs.values()].map(({ lane }) => lane))],
    ids: () => [...runs.values()].flatMap(({ queue }) => queue.map(({ id }) => id)),
    add(messages, { more = false, broken = false } = {}) {
      const [first] = messages
      if (first === undefined) return
      const run = runs.get(first.conversationId)
      if (run !== undefined) {
        putBehind(run, messages)
        run.more ||= more
        run.broken ||= broken
        return
      }
      const { conversationId } = first
      const work = begin(conversationId, {
        lane: laneOf(first),
        queue: messages,
        more,
        broken,
        overtake: undefined,
      })
      const tracked = work.finally(() => working.delete(tracked))
      working.add(tracked)
    },
    async ended() {
      while (working.size > 0) await Promise.all(working)
    },
  }
}

/**
 * Behind what is as urgent or more. Never before the first, which is under way, unless that only waits for the pace of its channel:
 * nobody who pressed a button waits until a group takes one more card.
 */
function putBehind(run: Run, messages: Claimed[]): void {
  const { queue } = run
  for (const message of messages) {
    const [first] = queue
    const isFirst = first !== undefined && first.urgency > message.urgency && run.overtake?.() === true
    const behind = isFirst ? 0 : queue.findIndex(({ urgency }, n) => n > 0 && urgency > message.urgency)
    queue.splice(behind === -1 ? queue.length : behind, 0, message)
  }
}
