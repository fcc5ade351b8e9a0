import { SendError } from '../channels/channel.ts'
import type { Db } from '../records/db.ts'
import { createAttempts } from './attempts.ts'
import type { Claimed } from './claim.ts'
import { mayBeHeld } from './held.ts'
import type { Windows } from './hold.ts'
import { FIRST, type Pace } from './pace.ts'
import type { Settled } from './settle.ts'

export type FirstsParts = {
  db: Db
  windows: Pick<Windows, 'templateFor'>
  /** Milliseconds until an office may say something first; 0 while it may. */
  quietFor?(office: string): number
}

/** What holds for messages nobody waits for: at most once each, never at night, few at a time. */
export function createFirsts({ db, windows, quietFor = () => 0 }: FirstsParts) {
  const attempt = createAttempts(db)
  /** Places at their pace that are taken, by message. */
  const places = new Map<number, { pace: Pace; count: number }>()

  return {
    /** Asleep: it is tried again when people are awake. */
    asleep({ id, office, urgency, partsSent }: Claimed): Settled | undefined {
      const ms = urgency < FIRST ? 0 : quietFor(office)
      if (ms <= 0) return undefined
      const pauseSeconds = Math.max(1, ms / 1000)
      return { id, status: 'waiting', error: 'quiet', pauseSeconds, partsSent, leftWith: null }
    },
    /** Its turn has come: whether it may be given to its platform. From then on it has a place until it is over. */
    async begin({ id, urgency }: Claimed, pace: Pace, isBegun: boolean): Promise<boolean> {
      if (urgency < FIRST) return true
      places.set(id, { pace, count: (places.get(id)?.count ?? 0) + 1 })
      if (isBegun) return true
      try {
        return await attempt(id)
      } catch (error) {
        // Noted down or not, it has not left.
        throw new SendError('unreachable', 'It could not be noted down.', { cause: error, surely: true })
      }
    },
    /** What became of it is in the records, or will not be: another may leave. */
    over({ id }: Claimed, unknown: boolean): void {
      const taken = places.get(id)
      places.delete(id)
      for (let n = 0; n < (taken?.count ?? 0); n += 1) taken?.pace.firstOver(unknown)
    },
    /** Nothing but a template is taken there: an answer waits for it, what is said first only where there is one for it. */
    waits(message: Claimed): boolean {
      return mayBeHeld(message) && (message.urgency < FIRST || windows.templateFor(message) !== undefined)
    },
  }
}
