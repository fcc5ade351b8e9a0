import type { Queryable } from './db.ts'
import { type Contents, type Identified, LISTED, type ListingKind, TABLES } from './listings.ts'

/** One version of one listing. */
export type ListingChange<K extends ListingKind = ListingKind> = {
  [Kind in K]: {
    /** Rises with every change committed, of whichever office. */
    number: number
    office: string
    kind: Kind
    id: string
    /** Counts the versions of this listing from 1. */
    version: number
    /** The whole of it as it was then. */
    content: Contents[Kind]
    /** Which parts are other than in the version before; all of them in the first. */
    changed: (keyof Contents[Kind])[]
    by: string
    at: Date
  }
}[K]

/** Any number will do, as long as nothing else in this database locks it. */
const WRITING = 724_006

/**
 * From here to the end of the transaction nobody else writes listings: so numbers rise with commits, and what was compared is what
 * is changed.
 */
export async function lockListings(client: Queryable): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [WRITING])
}

/** The same, but false at once when somebody else is writing. */
export async function tryLockListings(client: Queryable): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [
    WRITING,
  ])
  return rows[0]?.mine === true
}

/**
 * Writes listings of one kind and their versions, under `lockListings`; those that are as they were stay untouched. At most some
 * thousands at once. Gives the ids of what is new or changed, with the version it has now.
 */
export async function putListings<K extends ListingKind>(
  client: Queryable,
  kind: K,
  office: string,
  listings: Identified<K>[],
  by: { name: string; at: Date },
): Promise<{ id: string; version: number }[]> {
  if (listings.length === 0) return []
  const { rows } = await client.query<{ id: string; version: number }>({
    name: `put-${kind}`,
    text: statementOf(kind),
    values: [JSON.stringify(listings), kind, office, by.name, by.at],
  })
  return rows
}

/**
 * `changed` are the names of parts that differ; a version without any is not written. With plain joins the plan, made while tables are
 * empty, reads all of an office's listings for every few hundred: each is looked up instead, by the limits nobody can see through.
 */
function statementOf(kind: ListingKind): string {
  const { table, columns } = TABLES[kind]
  const names = [...columns, ...LISTED]
  return `with given as (
      select g.content ->> 'id' as id, g.content - 'id' as content, g.n
      from jsonb_array_elements($1::jsonb) with ordinality as g(content, n)
    ), fresh as (
      select given.id, given.content, given.n, coalesce(old.version, 0) + 1 as version, old.content as before
      from given
      left join lateral (
        select version from ${table} where office = $3 and id = given.id limit 1
      ) now on true
      left join lateral (
        select content, version from listing_changes where office = $3 and kind = $2
          and listing_id = given.id and listing_changes.version = now.version limit 1
      ) old on true
      where old.content is distinct from given.content
    ), told as (
      insert into listing_changes (office, kind, listing_id, version, content, changed, changed_by, changed_at)
      select $3, $2, id, version, content, array(
          select key from jsonb_each(content) as part(key, value)
          where before is null or before -> key is distinct from value
        ), $4, $5
      from fresh order by n
    )
    insert into ${table} (office, id, version, ${names.join(', ')})
    select $3, fresh.id, fresh.version, ${names.map(name => `r.${name}`).join(', ')}
    from fresh, jsonb_populate_record(null::${table}, fresh.content) as r
    on conflict (office, id) do update set version = excluded.version, ${names
      .map(name => `${name} = excluded.${name}`)
      .join(', ')}
    returning id, version`
}

/** The number of the last change there is; 0 without any. */
export async function lastListingChange(on: Queryable): Promise<number> {
  const { rows } = await on.query<{ number: string | null }>({
    name: 'last-listing-change',
    text: 'select max(number) as number from listing_changes',
  })
  return Number(rows[0]?.number ?? 0)
}

const CHANGE = `number, office, kind, listing_id as id, version, content, changed, changed_by as by, changed_at as at`

/** Changes of an office behind that number, in their order, at most `most`. */
export async function listingChangesSince(
  on: Queryable,
  office: string,
  number: number,
  most = 5000,
): Promise<ListingChange[]> {
  const { rows } = await on.query<ListingChange>({
    name: 'listing-changes-since',
    text: `select ${CHANGE} from listing_changes where office = $1 and number > $2 order by number limit $3`,
    values: [office, number, most],
  })
  return rows.map(row => ({ ...row, number: Number(row.number) }))
}

/** Every version of one listing, the oldest first. */
export async function versionsOf<K extends ListingKind>(
  on: Queryable,
  office: string,
  kind: K,
  id: string,
): Promise<ListingChange<K>[]> {
  const { rows } = await on.query<ListingChange<K>>({
    name: 'listing-versions',
    text: `select ${CHANGE} from listing_changes where office = $1 and kind = $2 and listing_id = $3 order by version`,
    values: [office, kind, id],
  })
  return rows
}

/** Which of these listings, as `kind/id`, were approved and not withdrawn in the version `since`, before some changes. */
export async function stoodIn(
  on: Queryable,
  office: string,
  listings: readonly { kind: ListingKind; id: string; since: number }[],
): Promise<Set<string>> {
  const asked = listings.filter(({ since }) => since > 0)
  const { rows } = await on.query<{ about: string }>(
    `select c.kind || '/' || c.listing_id as about
     from jsonb_to_recordset($2::jsonb) as u(kind text, id text, since int) join listing_changes c
       on c.office = $1 and c.kind = u.kind and c.listing_id = u.id and c.version = u.since
     where c.content ->> 'approved_by' is not null and c.content ->> 'withdrawn' is null`,
    [office, JSON.stringify(asked.map(({ kind, id, since }) => ({ kind, id, since })))],
  )
  return new Set(rows.map(({ about }) => about))
}
