import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'
import { openEvent, openFields, ticketKey } from './ticket-words.ts'

/** How texts become words: given from outside, since it is a matter of language. */
export type WordsOf = (...texts: string[]) => Iterable<string>

/** Tickets read in one go; a first start with a full database takes some minutes of these. */
const READ = 500
/** Times of tickets come from messages, which may be late by a day: the clock looks back so far, who searches does not wait for it. */
const BACK = { whole: '1 day', quick: '10 minutes' }
const MARK = 'search read to'
/** What is compared of a common word's tickets: the rest has to be narrowed by another word. */
const MOST_FOUND = 1000

/** Parts of a report that are looked for. Not who sent it, nor who it is about. */
const FIELDS = ['description', 'place'] as const

function hashOf(sealing: Sealing, office: string, word: string): bigint {
  return sealing.hash('search word', office, word).readBigInt64BE(0)
}

type Row = { id: string; office: string; wrapped_key: Buffer; fields: Buffer | null; updated_at: Date }

/** Reads the words of tickets that changed since the last time; how many. Restricted, confidential and anonymous ones are never read. */
export async function readWords(
  on: Queryable,
  sealing: Sealing,
  wordsOf: WordsOf,
  how: keyof typeof BACK = 'whole',
): Promise<number> {
  // Looked up one by one: joined, the server reads all that was ever read to find the few that changed.
  const { rows } = await on.query<Row>(
    `select t.id, t.office, t.wrapped_key, t.fields, t.updated_at
     from tickets t
     where t.updated_at > coalesce((select value::timestamptz from house where name = $1), '-infinity') - $2::interval
       and not (t.restricted or t.confidential or t.anonymous) and t.wrapped_key is not null
       and coalesce((select s.read_to from ticket_search s where s.ticket_id = t.id), '-infinity') < t.updated_at
     order by t.updated_at limit ${READ}`,
    [MARK, BACK[how]],
  )
  if (rows.length === 0) {
    // All was read: what is older need not be looked at again.
    await on.query(
      `insert into house (name, value)
       select $1, last::text from (select max(updated_at) as last from tickets) t where last is not null
       on conflict (name) do update set value = excluded.value`,
      [MARK],
    )
    return 0
  }
  const last = rows.at(-1)
  const { rows: events } = await on.query<{ ticket_id: string; sealed: Buffer }>(
    'select ticket_id, sealed from ticket_events where ticket_id = any($1::uuid[]) and sealed is not null',
    [rows.map(({ id }) => id)],
  )
  const words = rows.map(row => {
    const key = ticketKey(sealing, row.id, row.wrapped_key)
    const fields = openFields(sealing, key, row.id, row.fields)
    const said = events
      .filter(({ ticket_id }) => ticket_id === row.id)
      .map(({ sealed }) => openEvent(sealing, key, row.id, sealed).text ?? '')
    const texts = [...FIELDS.map(field => fields[field] ?? ''), ...said]
    const all = new Set(texts.flatMap(text => [...wordsOf(text)]))
    return `{${[...all].map(word => hashOf(sealing, row.office, word)).join(',')}}`
  })
  // Locked in one order, and only where the ticket still has its key: erasing goes first.
  await on.query(
    `with alive as (
       select id from tickets where id = any($1::uuid[]) and wrapped_key is not null and not restricted order by id for share
     )
     insert into ticket_search (ticket_id, words, read_to)
     select r.id, r.words::bigint[], r.read_to
     from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as r(id, words, read_to) join alive using (id)
     on conflict (ticket_id) do update set words = excluded.words, read_to = excluded.read_to`,
    [rows.map(({ id }) => id), words, rows.map(({ updated_at }) => updated_at)],
  )
  await on.query(
    `insert into house (name, value) values ($1, $2)
     on conflict (name) do update set value = greatest(house.value::timestamptz, excluded.value::timestamptz)::text`,
    [MARK, last?.updated_at.toISOString()],
  )
  return rows.length
}

/** Ids of tickets of these desks that hold all these words, the newest first. */
export async function findByWords(
  on: Queryable,
  sealing: Sealing,
  { office, desks, words, limit }: { office: string; desks: string[]; words: string[]; limit: number },
): Promise<string[]> {
  if (words.length === 0) return []
  const { rows } = await on.query<{ id: string }>(
    `select id from (
       select t.id, t.opened_at from ticket_search s join tickets t on t.id = s.ticket_id
       where s.words @> $3::text::bigint[] and t.office = $1 and t.desk = any($2::text[]) limit ${MOST_FOUND}) f
     order by opened_at desc limit $4`,
    [office, desks, `{${words.map(word => hashOf(sealing, office, word)).join(',')}}`, limit],
  )
  return rows.map(({ id }) => id)
}
