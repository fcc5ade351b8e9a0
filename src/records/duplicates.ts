import type { PoolClient } from 'pg'
import { tableOf } from './columns.ts'
import type { Sealing } from './sealing.ts'

/** Words of one report, hashed for its office and topic: the same word elsewhere has another hash. */
export type HashedWords = { ticketId: string; words: bigint[] }

/** A report that may be about the same matter: nothing of it but its code and when it came. */
export type Similar = { code: string; opened_at: Date }

/** What a report is compared with: others of its office and kind that the citizen has no part in. */
export type Wanted = {
  office: string
  kind: string
  conversationId: string
  /** Desks whose tickets nobody is offered. */
  restrictedDesk: string
  words: bigint[]
}

/** After a month the lamp is another lamp: what is older is not offered. */
const RECENT_DAYS = 30
/** Three words in common, and half of those of the shorter report: a name or two alone never find anything. */
const LEAST_SHARED = 3
/** Reports compared with one, at most: filing may not grow slow where thousands of them share a word. */
const MOST_COMPARED = 1000
/** More than this many nobody reads on a phone. */
const MOST = 3

/**
 * Words as they are kept: keyed hashes of 64 bits. Whoever has the table but not the key learns how often a hash occurs, never
 * which word it is.
 */
export function hashWords(
  sealing: Sealing,
  office: string,
  topic: string,
  words: Iterable<string>,
): bigint[] {
  const hashes = [...words].map(word => sealing.hash('duplicate word', office, topic, word).readBigInt64BE(0))
  return [...new Set(hashes)]
}

/** Keeps the words of new reports: one statement for all of them. */
export async function saveWords(client: PoolClient, rows: HashedWords[]): Promise<void> {
  const kept = rows.filter(({ words }) => words.length > 0)
  if (kept.length === 0) return
  await client.query({
    name: 'save-ticket-words',
    text: `insert into ticket_words (ticket_id, words)
           select id, words::bigint[] from ${tableOf(['$1::uuid[] as id', '$2::text[] as words'])} as w`,
    values: [kept.map(({ ticketId }) => ticketId), kept.map(({ words }) => asArray(words))],
  })
}

// Only what is open to all and still worked on. The index finds reports with any of the words; how many they share decides. The
// words are read once: read for each report compared they cost 500 ms among 10,000.
const SIMILAR = `
with q as materialized (
  select n, office, kind, conversation_id, desk, words::bigint[] as words
  from unnest($1::int[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[])
    as u(n, office, kind, conversation_id, desk, words)
)
select q.n, s.code, s.opened_at
from q cross join lateral (
  select c.code, c.opened_at, f.shared
  from (
    select t.code, t.opened_at, w.words
    from ticket_words w join tickets t on t.id = w.ticket_id
    where w.words && q.words and t.office = q.office and t.kind = q.kind
      and not (t.restricted or t.anonymous or t.confidential) and t.desk <> q.desk and t.merged_into is null
      and t.wrapped_key is not null and t.status in ('received', 'verifying', 'forwarded', 'in_progress', 'waiting_citizen')
      and t.opened_at > now() - ${RECENT_DAYS} * interval '1 day'
      and t.conversation_id is distinct from q.conversation_id
    limit ${MOST_COMPARED}) c
  cross join lateral (
    select count(*) as shared from unnest(c.words) as word where word = any(q.words)) f
  where f.shared >= ${LEAST_SHARED} and f.shared * 2 >= least(cardinality(c.words), cardinality(q.words))
  order by f.shared desc, c.opened_at limit ${MOST}) s`

/** Likely duplicates of each, the likeliest first, in one statement. */
export async function findSimilar(client: PoolClient, wanted: Wanted[]): Promise<Similar[][]> {
  const column = <K extends keyof Wanted>(name: K) => wanted.map(one => one[name])
  const { rows } = await client.query<Similar & { n: number }>({
    name: 'find-similar',
    text: SIMILAR,
    values: [
      wanted.map((_, n) => n),
      column('office'),
      column('kind'),
      column('conversationId'),
      column('restrictedDesk'),
      wanted.map(({ words }) => asArray(words)),
    ],
  })
  return wanted.map((_, n) => rows.filter(row => row.n === n))
}

/** Forgets which words these tickets hold: they were erased, or nobody may find them any more. */
export async function forgetWords(client: PoolClient, ticketIds: string[]): Promise<void> {
  await client.query('delete from ticket_words where ticket_id = any($1::uuid[])', [ticketIds])
}

/** The same for all tickets whose key was destroyed, that are restricted by now, or that ended before `before`. */
export async function forgetOldWords(client: PoolClient, before: Date): Promise<void> {
  await client.query(
    `delete from ticket_words w using tickets t
     where t.id = w.ticket_id and (t.wrapped_key is null or t.restricted or t.closed_at < $1)`,
    [before],
  )
}

function asArray(words: bigint[]): string {
  return `{${words.join(',')}}`
}
