import type { Queryable } from './db.ts'

export type Block = { conversation_id: string; ticket_id: string; until: Date; appealed_on: string | null }

/** Keeps a citizen from writing to staff until then; a second time it counts anew. */
export async function blockCitizen(
  on: Queryable,
  block: { conversationId: string; office: string; ticketId: string; until: Date },
): Promise<void> {
  await on.query(
    `insert into blocks (conversation_id, office, ticket_id, until) values ($1, $2, $3, $4)
     on conflict (conversation_id) do update set ticket_id = excluded.ticket_id, until = excluded.until`,
    [block.conversationId, block.office, block.ticketId, block.until],
  )
}

/** Lifts a block; false when there was none. */
export async function unblockCitizen(on: Queryable, conversationId: string): Promise<boolean> {
  const { rowCount } = await on.query('delete from blocks where conversation_id = $1', [conversationId])
  return rowCount === 1
}

/** Which of these conversations are blocked at that moment, and until when. */
export async function blocksOf(
  on: Queryable,
  conversationIds: string[],
  at: Date,
): Promise<Map<string, Block>> {
  const { rows } = await on.query<Block>({
    name: 'blocks-of',
    text: 'select conversation_id, ticket_id, until, appealed_on from blocks where conversation_id = any($1::uuid[]) and until > $2',
    values: [conversationIds, at],
  })
  return new Map(rows.map(row => [row.conversation_id, row]))
}

/** Notes an objection of that day; false when there was one already. */
export async function noteAppeal(on: Queryable, conversationId: string, day: string): Promise<boolean> {
  const { rowCount } = await on.query(
    'update blocks set appealed_on = $2 where conversation_id = $1 and appealed_on is distinct from $2::date',
    [conversationId, day],
  )
  return rowCount === 1
}

/** Forgets blocks that ran out a day ago: an objection of the last day still finds its own. Gives how many. */
export async function forgetBlocks(on: Queryable, now: Date): Promise<number> {
  const { rowCount } = await on.query(`delete from blocks where until < $1::timestamptz - interval '1 day'`, [
    now,
  ])
  return rowCount ?? 0
}
