import { SendError } from '../channel.ts'
import type { WhatsappOptions } from './ports.ts'

/** While WhatsApp restricts the number, only those who wrote within this are answered: their chats are open on its side too. */
const OPEN_MS = 24 * 3_600_000
/** A chat nobody wrote in for so long is begun, not answered. As long as the words of a conversation are kept. */
const KNOWN_MS = 90 * 24 * 3_600_000
/** Milliseconds until what a restriction or the day's limit holds back is looked at again. */
const HELD_MS = 3_600_000

type Parts = Pick<WhatsappOptions, 'sessions' | 'beginsPerDay'> & {
  restrictedUntil: (office: string) => Date | undefined
  now: () => Date
}

/**
 * Whether something may be said to a person now. Numbers that write first are banned: we answer, and begin chats only where the
 * office turned that on, so many a day. Rejects with SendError.
 */
export async function mindManners(
  { sessions, beginsPerDay, restrictedUntil, now }: Parts,
  office: string,
  lastWrote: Date | undefined,
): Promise<void> {
  const quietFor = lastWrote === undefined ? Number.POSITIVE_INFINITY : now().getTime() - lastWrote.getTime()
  if (quietFor <= OPEN_MS) return
  const until = restrictedUntil(office)
  if (until !== undefined && until > now())
    throw new SendError('throttled', 'WhatsApp restricts this number.', {
      retryAfterMs: Math.min(HELD_MS, until.getTime() - now().getTime()),
    })
  if (quietFor <= KNOWN_MS) return
  const most = beginsPerDay(office)
  if (most === 0) throw new SendError('blocked', 'This office begins no chats on WhatsApp.')
  if (!(await sessions.mayBegin(office, most)))
    throw new SendError('throttled', 'The office has begun as many chats today as it may.', {
      retryAfterMs: HELD_MS,
    })
}
