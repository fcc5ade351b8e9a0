import { SendError } from '../channel.ts'
import type { WhatsappOptions } from './ports.ts'

/** While WhatsApp restricts the number, only those who wrote within this are answered: their chats are open on its side too. */
const OPEN_MS = 24 * 3_600_000
/** A chat nobody wrote in for so long is begun, not answered. As long as the words of a conversation are kept. */
const KNOWN_MS = 90 * 24 * 3_600_000
/** Milliseconds until what a restriction or the day's limit holds back is looked at again. */
const HELD_MS = 3_600_000

type Parts = Pick<WhatsappOptions, 'sessions' | 'firstPerDay'> & {
  restrictedUntil: (office: string) => Date | undefined
  now: () => Date
}

/** When they last wrote, and whether it answers nobody. */
type Asked = { lastWrote: Date | undefined; isFirst: boolean }

/**
 * Whether something may be said to a person now. Numbers that write first are banned: we answer, and say something first, or in a
 * chat nobody wrote in for long, only where the office turned that on, so many a day. Rejects with SendError.
 */
export async function mindManners(
  { sessions, firstPerDay, restrictedUntil, now }: Parts,
  office: string,
  { lastWrote, isFirst }: Asked,
): Promise<void> {
  const quietFor = lastWrote === undefined ? Number.POSITIVE_INFINITY : now().getTime() - lastWrote.getTime()
  if (quietFor <= OPEN_MS && !isFirst) return
  const until = restrictedUntil(office)
  if (until !== undefined && until > now())
    throw new SendError('not_yet', 'WhatsApp restricts this number.', {
      retryAfterMs: Math.min(HELD_MS, until.getTime() - now().getTime()),
    })
  if (quietFor <= KNOWN_MS && !isFirst) return
  const most = firstPerDay(office)
  if (most === 0) throw new SendError('blocked', 'This office says nothing first on WhatsApp.')
  if (!(await sessions.mayBegin(office, most)))
    throw new SendError('not_yet', 'The office has said as much first today as it may.', {
      retryAfterMs: HELD_MS,
    })
}
