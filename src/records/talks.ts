import type { Queryable } from './db.ts'

/** A talk of a citizen with staff, as its row holds it. */
export type Talk = {
  conversation_id: string
  office: string
  ticket_id: string
  begun_at: Date
  last_at: Date
  waits_since: Date | null
  told_away: boolean
  speaker: Buffer | null
}

export type NewTalk = {
  conversationId: string
  office: string
  ticketId: string
  at: Date
  /** The citizen asked for it and waits; otherwise staff came by themselves. */
  waits: boolean
  speaker: Buffer | null
}

/** A talk begins; one that goes on in the same chat turns to this ticket. */
export async function beginTalk(on: Queryable, talk: NewTalk): Promise<void> {
  await on.query(
    `insert into talks (conversation_id, office, ticket_id, begun_at, last_at, waits_since, speaker)
     values ($1, $2, $3, $4, $4, case when $5 then $4::timestamptz end, $6)
     on conflict (conversation_id) do update set ticket_id = excluded.ticket_id, begun_at = excluded.begun_at,
       last_at = excluded.last_at, waits_since = excluded.waits_since, told_away = false, speaker = excluded.speaker`,
    [talk.conversationId, talk.office, talk.ticketId, talk.at, talk.waits, talk.speaker],
  )
}

/** The talk in a citizen's chat. */
export async function talkIn(on: Queryable, conversationId: string): Promise<Talk | undefined> {
  const { rows } = await on.query<Talk>('select * from talks where conversation_id = $1', [conversationId])
  return rows[0]
}

/** The talk that is about a ticket. */
export async function talkAbout(on: Queryable, ticketId: string): Promise<Talk | undefined> {
  const { rows } = await on.query<Talk>('select * from talks where ticket_id = $1 limit 1', [ticketId])
  return rows[0]
}

/** Somebody said something: the citizen, who waits from then on, or the person of staff with this mark. */
export async function noteTalk(
  on: Queryable,
  conversationId: string,
  at: Date,
  speaker?: Buffer,
): Promise<void> {
  await on.query(
    `update talks set last_at = $2, speaker = coalesce($3, speaker),
       waits_since = case when $3::bytea is null then coalesce(waits_since, $2) end
     where conversation_id = $1`,
    [conversationId, at, speaker ?? null],
  )
}

/** The talk is over; gives it, or undefined when it was over already. */
export async function endTalk(on: Queryable, conversationId: string): Promise<Talk | undefined> {
  const { rows } = await on.query<Talk>('delete from talks where conversation_id = $1 returning *', [
    conversationId,
  ])
  return rows[0]
}

/** Whether anybody did anything at a desk within so many minutes, by the clock of the records. */
export async function isDeskActive(on: Queryable, deskId: string, minutes: number): Promise<boolean> {
  const { rows } = await on.query<{ active: boolean }>(
    `select received_at > now() - $2 * interval '1 minute' as active from inbox
     where conversation_id = $1 and seq is not null order by seq desc limit 1`,
    [deskId, minutes],
  )
  return rows[0]?.active === true
}
