import { type Db, type Queryable, transaction } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import { personAt } from '../records/staff.ts'
import { type Group, settleGroup } from './groups.ts'

type Where = { office: string; channel: Group['channel']; address: string }
type Row = { id: string; desk: string; wrapped_key: Buffer; moved_to: Buffer }

/**
 * The platform says that a desk's group has another address now. Nothing of citizens is said there yet: what waits for this
 * group waits on, until its head confirms it.
 */
export async function groupMoved(
  on: Queryable,
  sealing: Sealing,
  conversationId: string,
  to: string,
): Promise<void> {
  const { rows } = await on.query<{ wrapped_key: Buffer }>(
    'select wrapped_key from conversations where id = $1',
    [conversationId],
  )
  const wrapped = rows[0]?.wrapped_key
  if (wrapped === undefined) return
  const key = sealing.unwrap(wrapped, `conversations.${conversationId}`)
  await on.query(`update groups set status = 'moved', moved_to = $2 where conversation_id = $1`, [
    conversationId,
    sealing.seal(key, `groups.moved_to.${conversationId}`, to),
  ])
}

/** The desk whose group is said to have moved to this address and was not confirmed yet. */
export async function deskMovedTo(
  on: Queryable,
  sealing: Sealing,
  where: Where,
): Promise<string | undefined> {
  const { rows } = await on.query<Row>(
    `select c.id, g.desk, c.wrapped_key, g.moved_to from groups g join conversations c on c.id = g.conversation_id
     where g.office = $1 and c.channel = $2 and g.status = 'moved' and g.moved_to is not null`,
    [where.office, where.channel],
  )
  const found = rows.find(({ id, wrapped_key, moved_to }) => {
    const key = sealing.unwrap(wrapped_key, `conversations.${id}`)
    return sealing.open(key, `groups.moved_to.${id}`, moved_to) === where.address
  })
  return found?.desk
}

/** A head or an admin of the desk says that it is their group. False when it is not waited for, or not theirs to say. */
export function confirmMove(db: Db, sealing: Sealing, where: Where, account: string): Promise<boolean> {
  return transaction(db, async client => {
    const desk = await deskMovedTo(client, sealing, where)
    const { office, channel } = where
    const person = await personAt(client, sealing, { office, channel, account })
    if (desk === undefined || person === undefined || person.role === 'staff') return false
    if (person.desks !== null && !person.desks.includes(desk)) return false
    await settleGroup(client, sealing, { ...where, desk, forum: false })
    return true
  })
}
