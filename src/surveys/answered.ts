import type { Queryable } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'

/** The mark of an invitation. Who has the records and not the key cannot tell whether it is there. */
export function markOfInvitation(sealing: Sealing, id: string): Buffer {
  return sealing.hash('survey answered', 'invitation', id)
}

/** The mark of a visit: one response a day for each citizen and counter. */
export function markOfVisit(sealing: Sealing, code: string, conversationId: string, day: string): Buffer {
  return sealing.hash('survey answered', 'visit', code, conversationId, day)
}

export async function isAnswered(on: Queryable, mark: Buffer): Promise<boolean> {
  const { rowCount } = await on.query('select 1 from survey_answered where hash = $1', [mark])
  return rowCount === 1
}

/** Notes that it is answered; false where it was already. */
export async function markAnswered(on: Queryable, mark: Buffer, keptUntil: string): Promise<boolean> {
  const { rowCount } = await on.query(
    'insert into survey_answered (hash, kept_until) values ($1, $2) on conflict do nothing',
    [mark, keptUntil],
  )
  return rowCount === 1
}
