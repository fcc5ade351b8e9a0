import type { Counters } from '../lib/counters.ts'
import { LIMITS } from '../lib/limits.ts'

/**
 * Too much is waiting: nothing was stored, the sender should try again in a moment. Said in PostgreSQL's code for resources that
 * ran out, so that doors answer 503 and channels try again for as long as it lasts, instead of giving the message up.
 */
export class Overloaded extends Error {
  override name = 'Overloaded' as const
  readonly code = '53000'
}

/** Throws when as many wait in memory, in all or of one office, as may. */
export function refuseWhenFull(counters: Pick<Counters, 'add'>, inAll: number, ofOffice: number): void {
  const isFull = inAll >= LIMITS.allWaiting.most
  if (!isFull && ofOffice < LIMITS.officeWaiting.most) return
  counters.add('messages_refused_total')
  throw new Overloaded(`Too many messages ${isFull ? '' : 'of this office '}are waiting.`)
}
