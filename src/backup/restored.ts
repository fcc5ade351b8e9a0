import { type Db, type Queryable, transaction } from '../records/db.ts'
import { dropFact, houseFact, noteFact } from '../records/house-facts.ts'

/** When the backup was made that this database was restored from, and when that was. ISO times. */
export type Restored = { madeAt: string; restoredAt: string }

/**
 * What may have been sent, taken or asked since the backup was made. Nobody knows, so a person decides. Who waits for a window is held
 * the same: their next word would let it go. A linked number would go on with keys that were used since: it is linked anew.
 */
const HOLD = [
  `update outbox set error = case status when 'sending' then 'unknown' else error end, status = 'restored', lease_until = null
   where status in ('waiting', 'sending', 'held')`,
  `update inbox set status = 'restored' where status = 'pending'`,
  `update model_asks set status = 'settled', how = 'restored', sealed = null, conversation_id = null, lease_until = null
   where status <> 'settled'`,
  `update whatsapp_sessions set status = 'stopped', reason = 'restored', asked = null, asked_for = null, shown = null
   where status in ('linking', 'linked')`,
  // Who has had an announcement since, a reminder or an invitation, is not known here: none of them comes twice. Staff announce anew.
  `update announcement_versions set status = 'stopped', ended_at = now() where status in ('approved', 'sending')`,
  `update reminders set remind_at = null where remind_at <= now()`,
  `update survey_invitations set status = 'over', ticket_id = null where status = 'waiting'`,
  `update survey_invitations set status = 'reminded', due_at = over_at where status = 'sent'`,
]

/** Holds everything a restored house would say of itself; in the transaction that restores it. */
export async function holdRestored(client: Queryable, restored: Restored): Promise<void> {
  for (const statement of HOLD) await client.query(statement)
  await noteFact(client, 'restored', JSON.stringify(restored))
}

/** Undefined when nothing was restored, or a person has decided already. */
export async function restoredFact(on: Queryable): Promise<Restored | undefined> {
  const fact = await houseFact(on, 'restored')
  return fact === undefined ? undefined : (JSON.parse(fact) as Restored)
}

/** What is held, by office and channel: how many words of ours, of when; `uncertain` were being sent at that moment. */
export type HeldWords = {
  office: string
  channel: string
  count: number
  uncertain: number
  from: Date
  to: Date
}

/** `taken`: how many messages and notices had come in and were not taken yet. */
export async function heldAfterRestore(on: Queryable): Promise<{ words: HeldWords[]; taken: number }> {
  const { rows: words } = await on.query<HeldWords>(
    `select office, channel, count(*)::int as count, count(*) filter (where error = 'unknown')::int as uncertain,
       min(created_at) as from, max(created_at) as to
     from outbox where status = 'restored' group by office, channel order by office, channel`,
  )
  const { rows } = await on.query<{ taken: number }>(
    `select count(*)::int as taken from inbox where status = 'restored'`,
  )
  return { words, taken: rows[0]?.taken ?? 0 }
}

/**
 * A person has decided: what was held is sent now, or never. What had come in is taken either way: a citizen's word has its effect.
 * How many words of ours that were.
 */
export function decideRestored(db: Db, decision: 'release' | 'drop'): Promise<number> {
  return transaction(db, async client => {
    const { rowCount } =
      decision === 'release'
        ? // The time each is tried for begins anew.
          await client.query(
            `update outbox set status = 'waiting', due_at = now(), created_at = now() where status = 'restored'`,
          )
        : await client.query(
            `update outbox set status = 'failed', error = 'restored' where status = 'restored'`,
          )
    await client.query(
      `update inbox set status = 'pending', due_at = coalesce(due_at, now()) where status = 'restored'`,
    )
    await dropFact(client, 'restored')
    return rowCount ?? 0
  })
}
