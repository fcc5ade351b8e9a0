import type { PoolClient } from 'pg'
import type { Db } from '../records/db.ts'
import { transaction } from '../records/db.ts'
import { UNBIND_FILES_SENT } from '../records/file-quota.ts'
import { forgetQuestions } from '../records/questions.ts'
import type { Sealing } from '../records/sealing.ts'
import { keepSentOnlyFor } from '../records/whatsapp-messages.ts'
import type { OpenConversation } from './open-conversation.ts'

/** The last words of an anonymous report wait at most this long for the citizen to fetch them. */
const LAST_WORDS = '24 hours'

/**
 * Asks to forget what was said in conversations that just filed an anonymous report, or dropped one. Message ids stay as keyed hashes
 * that belong to nobody, so that a repeat still falls away; the confirmation stays until it is out.
 */
export function wipeSaid(
  client: PoolClient,
  conversations: Pick<OpenConversation, 'id'>[],
): Promise<unknown>[] {
  if (conversations.length === 0) return []
  const ids = conversations.map(({ id }) => id)
  return [
    client.query(
      `update inbox set sealed = null, conversation_id = null, turn = null, seq = null,
         received_at = date_trunc('day', received_at)
       where conversation_id = any($1::uuid[])`,
      [ids],
    ),
    client.query(
      `delete from outbox where conversation_id = any($1::uuid[]) and status in ('sent', 'merged', 'failed')`,
      [ids],
    ),
    client.query(
      `delete from files where conversation_id = any($1::uuid[]) and ticket_id is null and ${atRest('files.conversation_id')}`,
      [ids],
    ),
    client.query(UNBIND_FILES_SENT, [ids]),
    forgetQuestions(client, ids),
    client.query(
      `update conversations set wipe_after = now() + $2::interval, wipe_seq = last_seq where id = any($1::uuid[])`,
      [ids, LAST_WORDS],
    ),
  ]
}

// Something stands open or is put aside there, which is its citizen's own: a question after a report was read by its receipt, a draft.
const atRest = (id: string) =>
  `not exists (select 1 from conversations open where open.id = ${id} and open.waiting is not null)`

// A conversation that went on, or that other tickets answer to, keeps its row; its private part goes all the same.
const DUE = `select id, wipe_seq, last_seq from conversations where wipe_after is not null and %s for update`

/**
 * The citizen has everything up to `seq`: if that includes the last words of a report, they are wiped. A number beyond all
 * that was said is from before an earlier wipe, and proves nothing.
 */
export function wipeFetched(db: Db, sealing: Sealing, addressHash: Buffer, seq: number): Promise<number> {
  return wipeWhere(db, sealing, 'address_hash = $1 and wipe_seq <= $2 and $2 <= last_seq', [addressHash, seq])
}

/** Last words that went out through a channel that says so, and those nobody came for within a day. */
export function wipeDue(db: Db, sealing: Sealing): Promise<number> {
  return wipeWhere(
    db,
    sealing,
    `(wipe_after <= now() or (channel <> 'web' and not exists (select 1 from outbox o
       where o.conversation_id = conversations.id and o.seq <= wipe_seq and o.status in ('waiting', 'sending'))))`,
    [],
  )
}

function wipeWhere(db: Db, sealing: Sealing, which: string, values: unknown[]): Promise<number> {
  return transaction(db, async client => {
    const { rows } = await client.query<{ id: string; wipe_seq: number }>(DUE.replace('%s', which), values)
    for (const { id, wipe_seq } of rows) {
      await keepSentOnlyFor(client, sealing, id, LAST_WORDS)
      await client.query('delete from outbox where conversation_id = $1 and seq <= $2', [id, wipe_seq])
      const gone = await client.query(
        `delete from conversations where id = $1 and last_seq = wipe_seq and ${atRest('conversations.id')}
         and not exists (select 1 from tickets where conversation_id = $1)`,
        [id],
      )
      if (gone.rowCount === 0) {
        await client.query('update conversations set wipe_after = null, wipe_seq = null where id = $1', [id])
      }
    }
    return rows.length
  })
}
