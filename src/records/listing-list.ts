import type { Queryable } from './db.ts'
import type { DraftKind } from './listing-drafts.ts'
import { TABLES } from './listings.ts'

export const LISTING_SCOPES = ['open', 'closing', 'waiting', 'closed', 'withdrawn', 'all'] as const
/** What somebody wants to see of the listings: 'closing' ends within a week, 'waiting' is for somebody to approve. */
export type ListingScope = (typeof LISTING_SCOPES)[number]

/** A listing as a list shows it. `changedBy`: who wrote what waits, or the version that stands. */
export type ListedListing = {
  id: string
  version: number
  title: string
  detail: string
  starts: Date
  ends: Date
  zone: string
  approvedBy: string | null
  withdrawn: string | null
  /** The mark of a change that waits; null without one. */
  draft: string | null
  changedBy: string
}

const COLUMNS: Record<DraftKind, { title: string; detail: string; starts: string; ends: string }> = {
  vacancy: { title: 'l.position', detail: 'l.unit', starts: 'l.opens_at', ends: 'l.closes_at' },
  stage: { title: 'l.name', detail: 'l.round', starts: 'l.starts_at', ends: 'l.ends_at' },
  agenda: { title: 'l.title', detail: 'l.venue', starts: 'l.starts_at', ends: 'l.ends_at' },
}

/** With the moment as the second value. */
function condition(kind: DraftKind, scope: ListingScope): string {
  const { ends } = COLUMNS[kind]
  const shown = 'l.approved_by is not null and l.withdrawn is null'
  switch (scope) {
    case 'open':
      return `${shown} and ${ends} > $2`
    case 'closing':
      return `${shown} and ${ends} > $2 and ${ends} <= $2 + interval '7 days'`
    case 'waiting':
      return '(l.approved_by is null and l.withdrawn is null or d.listing_id is not null)'
    case 'closed':
      return `l.withdrawn is null and ${ends} <= $2`
    case 'withdrawn':
      return 'l.withdrawn is not null'
    case 'all':
      return 'true'
  }
}

function from(kind: DraftKind): string {
  return `from ${TABLES[kind].table} l left join listing_drafts d on d.office = l.office and d.kind = '${kind}' and d.listing_id = l.id`
}

/** Listings of one kind, those that end first on top; of what is over the last. `q`: a part of the title, the detail or the id. */
export async function listListings(
  on: Queryable,
  office: string,
  kind: DraftKind,
  {
    scope,
    q,
    now,
    most,
    offset,
  }: { scope: ListingScope; q: string; now: Date; most: number; offset: number },
): Promise<ListedListing[]> {
  const { title, detail, starts, ends } = COLUMNS[kind]
  const direction = scope === 'closed' || scope === 'withdrawn' || scope === 'all' ? 'desc' : 'asc'
  const { rows } = await on.query<ListedListing>(
    // Who wrote it is looked up for those shown alone: of twenty thousand that would be most of the time.
    `with page as (
       select l.office, l.id, l.version, ${title} as title, ${detail} as detail, ${starts} as starts, ${ends} as ends, l.zone,
         l.approved_by as "approvedBy", l.withdrawn, extract(epoch from d.written_at)::text as draft, d.written_by
       ${from(kind)}
       where l.office = $1 and $2::timestamptz is not null and ${condition(kind, scope)}
         and ($3 = '' or strpos(lower(${title} || ' ' || ${detail} || ' ' || l.id), $3) > 0)
       order by ${ends} ${direction}, l.id limit $4 offset $5
     )
     select page.id, page.version, title, detail, starts, ends, zone, "approvedBy", withdrawn, draft,
       coalesce(s.name, c.changed_by) as "changedBy"
     from page left join staff s on s.id = page.written_by
     join listing_changes c on c.office = page.office and c.kind = '${kind}' and c.listing_id = page.id and c.version = page.version
     order by ends ${direction}, page.id`,
    [office, now, q.toLowerCase(), most, offset],
  )
  return rows
}

/** How many there are of each. */
export async function countListings(
  on: Queryable,
  office: string,
  kind: DraftKind,
  now: Date,
): Promise<Record<ListingScope, number>> {
  const counts = LISTING_SCOPES.map(
    scope => `count(*) filter (where ${condition(kind, scope)})::int as "${scope}"`,
  )
  const { rows } = await on.query<Record<ListingScope, number>>(
    `select ${counts.join(', ')} ${from(kind)} where l.office = $1`,
    [office, now],
  )
  return rows[0] ?? { open: 0, closing: 0, waiting: 0, closed: 0, withdrawn: 0, all: 0 }
}
