import { type Asked, type Audience, concerns, type Schooling } from './audience.ts'
import type { Queryable } from './db.ts'

export type Subscription = Asked & { id: number }

/** More than anybody reads; the flow says so. */
export const MOST_SUBSCRIPTIONS = 20

const COLUMNS = 'id::int, topic, kind, education, stage, place'

/** What one chat asked for, the oldest first. */
export async function subscriptionsOf(on: Queryable, conversationId: string): Promise<Subscription[]> {
  const { rows } = await on.query<Subscription>({
    name: 'subscriptions-of',
    text: `select ${COLUMNS} from subscriptions where conversation_id = $1 order by id`,
    values: [conversationId],
  })
  return rows
}

/** False when it was asked for before. */
export async function subscribe(
  on: Queryable,
  { office, conversationId }: { office: string; conversationId: string },
  { topic, kind, education, stage, place }: Asked,
): Promise<boolean> {
  const { rowCount } = await on.query(
    `insert into subscriptions (office, conversation_id, topic, kind, education, stage, place, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, now()) on conflict do nothing`,
    [office, conversationId, topic, kind, education, stage, place],
  )
  return rowCount === 1
}

/** Ends one of a chat's own; without an id all of these chats. Gives how many. */
export async function unsubscribe(on: Queryable, conversationIds: string[], id?: number): Promise<number> {
  const { rowCount } = await on.query(
    'delete from subscriptions where conversation_id = any($1::uuid[]) and ($2::bigint is null or id = $2)',
    [conversationIds, id ?? null],
  )
  return rowCount ?? 0
}

/** The chats of an office that asked for what this is about, each once. */
export async function subscribersTo(
  on: Queryable,
  office: string,
  about: Audience,
  isSchooling?: Schooling,
): Promise<string[]> {
  const { rows } = await on.query<Asked & { conversation_id: string }>(
    `select conversation_id, ${COLUMNS} from subscriptions where office = $1 and topic = $2`,
    [office, about.topic],
  )
  const found = rows
    .filter(asked => concerns(asked, about, isSchooling))
    .map(({ conversation_id }) => conversation_id)
  return [...new Set(found)]
}
