import type { PoolClient } from 'pg'
import type { Template } from '../channels/channel.ts'
import { type Db, type Queryable, transaction } from '../records/db.ts'
import type { Sealing } from '../records/sealing.ts'
import type { Claimed } from './claim.ts'
import { invitationKey } from './held.ts'
import { FIRST } from './pace.ts'

/**
 * Seconds before a send within which somebody may have written without the channel knowing: their turn was not over yet. So long
 * it is only tried again after a pause.
 */
const HEARD_SECONDS = 60
const HEARD_PAUSE = 5

/** What is to be done where nobody may be written to. */
export type Windows = {
  /** What asks somebody to write, filled for this message; undefined where the office declared none that fits. */
  templateFor(message: Claimed): Template | undefined
  /** Lets those who said this know that it waits; in the transaction that holds it. */
  tellHeld(on: Queryable, message: Claimed): Promise<void>
}

/** What came of it. `first`: nothing was held there before. */
export type Held = { held: boolean; first: boolean }

type Parts = { db: Db; sealing: Sealing; windows: Windows }

/**
 * Holds these messages of one chat until somebody writes there; `tried` is false for those that only follow what may be held
 * already. The first time a template goes out, where there is one. If somebody wrote meanwhile they wait to be sent again. `ms`
 * is how long ago the first was tried.
 */
export function holdBack(parts: Parts, messages: Claimed[], tried: boolean, ms: number): Promise<Held> {
  return transaction(parts.db, async client => {
    const conversationId = messages[0]?.conversationId
    // A turn under way there writes before us or after us: then it finds what is held.
    await client.query('select 1 from conversations where id = $1 for update', [conversationId])
    const ids = messages.map(({ id }) => id)
    const stands = await standing(client, conversationId, ids, ms)
    const held = stands.held || (tried && !stands.heard)
    await client.query(
      `update outbox set status = $2, error = 'window', failed = null, left_with = null, lease_until = null, attempted_at = null,
         due_at = now() + $3 * interval '1 second'
       where id = any($1::bigint[]) and status = 'sending'`,
      [ids, held ? 'held' : 'waiting', tried ? HEARD_PAUSE : 0],
    )
    if (held) await letKnow(client, parts, messages, stands.asked)
    return { held, first: held && !stands.held }
  })
}

type Standing = { held: boolean; asked: boolean; heard: boolean | null }

/** Whether anything is held there, whether somebody was asked to write since, and whether they have since these were tried. */
async function standing(
  client: PoolClient,
  conversationId: string | undefined,
  ids: number[],
  ms: number,
): Promise<Standing> {
  const { rows } = await client.query<Standing>(
    `select exists (select 1 from outbox where conversation_id = $1 and status = 'held') as held,
       exists (select 1 from outbox o where o.conversation_id = $1 and o.key = $1 || '/window/' || o.seq and o.seq > (
         select min(seq) from outbox where conversation_id = $1 and status = 'held')) as asked,
       (select received_at from inbox where conversation_id = $1 and seq is not null order by seq desc limit 1)
         > (select min(coalesce(sent_at, now() - $3 * interval '1 millisecond')) from outbox where id = any($2::bigint[]))
           - $4 * interval '1 second' as heard`,
    [conversationId, ids, ms, HEARD_SECONDS],
  )
  return rows[0] ?? { held: false, asked: false, heard: false }
}

/** A template speaks for all that is held; where none does, whoever said something is told, each for their own. */
async function letKnow(
  client: PoolClient,
  { sealing, windows }: Parts,
  messages: Claimed[],
  before: boolean,
): Promise<void> {
  let isAsked = before
  for (const message of messages) {
    const template = windows.templateFor(message)
    if (template === undefined) await windows.tellHeld(client, message)
    else if (!isAsked) {
      await put(client, sealing, message, template)
      isAsked = true
    }
  }
}

/** Written like all we say, and numbered after all that was said. */
async function put(
  client: PoolClient,
  sealing: Sealing,
  { conversationId, office, channel, title, urgency }: Claimed,
  template: Template,
): Promise<void> {
  const { rows } = await client.query<{ last_seq: number; wrapped_key: Buffer }>(
    'update conversations set last_seq = last_seq + 1 where id = $1 returning last_seq, wrapped_key',
    [conversationId],
  )
  const [row] = rows
  if (row === undefined) return
  const key = invitationKey(conversationId, row.last_seq)
  const own = sealing.unwrap(row.wrapped_key, `conversations.${conversationId}`)
  const sealed = sealing.seal(own, `outbox.${key}`, JSON.stringify({ text: '', title, template }))
  await client.query(
    `insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, urgency, status, due_at, created_at)
     values ($1, $2, $3, $4, $5, 'bot', $6, $7, 'waiting', now(), now())`,
    // Never more often than what it stands for: an invitation to read an announcement is said first as well.
    [key, office, channel, conversationId, row.last_seq, sealed, urgency < FIRST ? 0 : urgency],
  )
}
