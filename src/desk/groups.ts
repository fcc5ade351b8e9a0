import type { Address } from '../channels/channel.ts'
import type { Queryable } from '../records/db.ts'
import { hashOfAddress } from '../records/look-up.ts'
import type { Sealing } from '../records/sealing.ts'
import { spendCode } from '../records/single-use.ts'
import { deskAddress, deskConversation } from './desk-address.ts'
import { restingDesk } from './desk-state.ts'

/** A group that is a desk's own. `forum`: it has topics, so each ticket gets one. */
export type Group = Address & { desk: string; conversationId: string; forum: boolean; status: GroupStatus }
/** 'removed': we were thrown out; 'moved': to another address that nobody has confirmed yet. What is to be said waits meanwhile. */
export type GroupStatus = 'active' | 'removed' | 'moved'

type Row = Omit<Group, 'address' | 'conversationId'> & { id: string; address: Buffer; wrapped_key: Buffer }

/** All groups of all offices with their addresses. */
export async function allGroups(on: Queryable, sealing: Sealing): Promise<Group[]> {
  const { rows } = await on.query<Row>(
    `select c.id, c.office, c.channel, c.address, c.wrapped_key, g.desk, g.forum, g.status
     from groups g join conversations c on c.id = g.conversation_id`,
  )
  return rows.map(({ id, address, wrapped_key, ...group }) => {
    const key = sealing.unwrap(wrapped_key, `conversations.${id}`)
    return {
      ...group,
      conversationId: id,
      address: sealing.open(key, `conversations.address.${id}`, address),
    }
  })
}

/** The group at an address, if it is a desk's. */
export async function groupAt(on: Queryable, sealing: Sealing, where: Address): Promise<Group | undefined> {
  const { rows } = await on.query<Omit<Group, 'address'>>({
    name: 'group-at',
    text: `select c.id as "conversationId", c.office, c.channel, g.desk, g.forum, g.status
           from conversations c join groups g on g.conversation_id = c.id where c.address_hash = $1`,
    values: [hashOfAddress(sealing, where)],
  })
  return rows[0] === undefined ? undefined : { ...rows[0], address: where.address }
}

/** Makes an address the group of the desk a word was issued for; undefined when the word opens nothing. */
export async function pairGroup(
  on: Queryable,
  sealing: Sealing,
  where: Address & { forum: boolean },
  code: string,
): Promise<string | undefined> {
  const desk = await spendCode(on, sealing, { office: where.office, opens: 'group', code })
  if (desk !== undefined) await settleGroup(on, sealing, { ...where, desk })
  return desk
}

// The desk's conversation, made if it has never been spoken to. One that began before its id was made of its name has another
// id and goes: what is said there from now on is said here.
const SETTLE = `
with old as (
  delete from conversations where office = $2 and party = 'desk' and desk = $5 and id <> $1
), waiting as (
  update outbox set channel = $3, due_at = now() where conversation_id = $1 and status = 'waiting'
)
insert into conversations (id, office, channel, address_hash, party, desk, address, wrapped_key, state, turn, last_seq,
  language, updated_at)
values ($1, $2, $3, $4, 'desk', $5, $6, $7, $8, 0, 0, 'id', now())
on conflict (id) do update set channel = excluded.channel, address_hash = excluded.address_hash, address = excluded.address`

/**
 * Makes an address the group of a desk. A desk has one group: what was to be said in its former one, or on its page, is said
 * here. Call it inside a transaction.
 */
export async function settleGroup(
  on: Queryable,
  sealing: Sealing,
  where: Address & { desk: string; forum: boolean },
): Promise<void> {
  const { office, channel, desk, forum } = where
  const id = deskConversation(office, desk)
  const { key, wrapped } = await keyOf(on, sealing, id)
  await on.query(SETTLE, [
    id,
    office,
    channel,
    hashOfAddress(sealing, where),
    desk,
    sealing.seal(key, `conversations.address.${id}`, where.address),
    wrapped,
    sealing.seal(key, `conversations.state.${id}`, JSON.stringify(restingDesk())),
  ])
  await on.query('delete from topics where conversation_id = $1', [id])
  await on.query(
    `insert into groups (conversation_id, office, desk, forum, status) values ($1, $2, $3, $4, 'active')
     on conflict (conversation_id) do update set forum = excluded.forum, status = 'active', moved_to = null`,
    [id, office, desk, forum],
  )
}

async function keyOf(on: Queryable, sealing: Sealing, id: string) {
  const { rows } = await on.query<{ wrapped_key: Buffer }>(
    'select wrapped_key from conversations where id = $1 for update',
    [id],
  )
  const wrapped = rows[0]?.wrapped_key
  if (wrapped === undefined) return sealing.newKey(`conversations.${id}`)
  return { key: sealing.unwrap(wrapped, `conversations.${id}`), wrapped }
}

/** Gives a desk its page back; its group is nobody's from now on. Call it inside a transaction. */
export async function leaveGroup(on: Queryable, sealing: Sealing, office: string, desk: string) {
  const page = deskAddress(office, desk)
  await settleGroup(on, sealing, { ...page, desk, forum: false })
  await on.query('delete from groups where conversation_id = $1', [deskConversation(office, desk)])
}

/** Notes that nothing can be said in a group for now, or that it can again: then what waited is due. False when that was known. */
export async function noteGroup(
  on: Queryable,
  conversationId: string,
  status: GroupStatus,
): Promise<boolean> {
  const { rowCount } = await on.query(
    `with due as (
       update outbox set due_at = now() where conversation_id = $1 and status = 'waiting' and $2 = 'active'
     )
     update groups set status = $2 where conversation_id = $1 and status <> $2`,
    [conversationId, status],
  )
  return rowCount === 1
}

/** The desks of an office that can be spoken to in a group now, but for one. */
export async function otherDesks(on: Queryable, office: string, desk: string): Promise<string[]> {
  const { rows } = await on.query<{ desk: string }>(
    `select desk from groups where office = $1 and desk <> $2 and status = 'active' order by desk`,
    [office, desk],
  )
  return rows.map(row => row.desk)
}

/** The group got topics, or gave them up. */
export async function noteForum(on: Queryable, conversationId: string, forum: boolean): Promise<void> {
  await on.query('update groups set forum = $2 where conversation_id = $1', [conversationId, forum])
}
