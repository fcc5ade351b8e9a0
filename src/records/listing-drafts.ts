import type { Queryable } from './db.ts'
import type { Contents, Identified } from './listings.ts'

/** Kinds of listings that are changed one by one, and approved. */
export type DraftKind = 'vacancy' | 'stage' | 'agenda'

/** A change as somebody wants it. `mark`: what a page shows of it, for `takeListingDraft` to know it again. */
export type ListingDraft<K extends DraftKind> = {
  content: Contents[K]
  writtenBy: string
  name: string
  writtenAt: Date
  mark: string
}

type Which<K extends DraftKind> = { office: string; kind: K; id: string }

export async function listingDraftOf<K extends DraftKind>(
  on: Queryable,
  { office, kind, id }: Which<K>,
): Promise<ListingDraft<K> | undefined> {
  const { rows } = await on.query<ListingDraft<K>>(
    `select d.content, d.written_by as "writtenBy", coalesce(s.name, '–') as name, d.written_at as "writtenAt",
       extract(epoch from d.written_at)::text as mark
     from listing_drafts d left join staff s on s.id = d.written_by
     where d.office = $1 and d.kind = $2 and d.listing_id = $3`,
    [office, kind, id],
  )
  return rows[0]
}

/** Keeps drafts in the place of those before them. */
export async function keepListingDrafts<K extends DraftKind>(
  on: Queryable,
  { office, kind, by }: { office: string; kind: K; by: string },
  listings: readonly Identified<K>[],
): Promise<void> {
  await on.query(
    `insert into listing_drafts (office, kind, listing_id, content, written_by, written_at)
     select $1, $2, g.content ->> 'id', g.content - 'id', $3, clock_timestamp() from jsonb_array_elements($4::jsonb) as g(content)
     on conflict (office, kind, listing_id) do update set content = excluded.content, written_by = excluded.written_by,
       written_at = excluded.written_at`,
    [office, kind, by, JSON.stringify(listings)],
  )
}

/**
 * Takes a draft away, to be published or dropped; undefined when there is none, when it is one's own and was to be published, or when
 * it is another than was read (`seen`): what nobody has read is agreed to by nobody.
 */
export async function takeListingDraft<K extends DraftKind>(
  on: Queryable,
  { office, kind, id, by, publish, seen }: Which<K> & { by: string; publish: boolean; seen: string },
): Promise<{ content: Contents[K]; name: string } | undefined> {
  const { rows } = await on.query<{ content: Contents[K]; name: string }>(
    `delete from listing_drafts d using staff s where d.office = $1 and d.kind = $2 and d.listing_id = $3
       and s.id = d.written_by and (not $5 or d.written_by <> $4) and extract(epoch from d.written_at)::text = $6
     returning d.content, s.name`,
    [office, kind, id, by, publish, seen],
  )
  return rows[0]
}

/** What was taken back needs no change any more. */
export async function dropListingDraft(on: Queryable, { office, kind, id }: Which<DraftKind>): Promise<void> {
  await on.query('delete from listing_drafts where office = $1 and kind = $2 and listing_id = $3', [
    office,
    kind,
    id,
  ])
}

/** How some listings stand, by id: as they are kept, and as somebody wants them. */
export async function standingOf<K extends DraftKind | 'round'>(
  on: Queryable,
  table: string,
  { office, kind, ids }: { office: string; kind: K; ids: readonly string[] },
): Promise<Map<string, { now: Contents[K]; draft: Contents[K] | null }>> {
  const { rows } = await on.query<{ id: string; now: Contents[K]; draft: Contents[K] | null }>(
    `select l.id, c.content as now, d.content as draft from ${table} l
     join listing_changes c on c.office = l.office and c.kind = $2 and c.listing_id = l.id and c.version = l.version
     left join listing_drafts d on d.office = l.office and d.kind = $2 and d.listing_id = l.id
     where l.office = $1 and l.id = any($3::text[])`,
    [office, kind, ids],
  )
  return new Map(rows.map(({ id, now, draft }) => [id, { now, draft }]))
}
