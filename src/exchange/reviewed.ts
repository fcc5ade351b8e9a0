import { isDeepStrictEqual } from 'node:util'
import { Refusal } from '../lib/refusal.ts'
import type { Queryable } from '../records/db.ts'
import { putListings } from '../records/listing-changes.ts'
import { type DraftKind, keepListingDrafts, standingOf } from '../records/listing-drafts.ts'
import { type Contents, type Identified, type ListingKind, TABLES } from '../records/listings.ts'
import type { Write } from './listing-tables.ts'

/** A row that would change something: new, or which parts of it are other. `waits`: what is shown stays until somebody has agreed. */
export type ReviewedRow = {
  id: string
  title: string
  is: 'fresh' | 'changed'
  parts: string[]
  waits: boolean
}

/** What a table would do. `rows` are the first of those that are not as they were. */
export type Reviewed = { fresh: number; changed: number; same: number; rows: ReviewedRow[] }

/** So many are shown before anybody decides; the counts are of all. */
const MOST_SHOWN = 100

/**
 * Takes listings in that somebody else has still to approve, whatever a table says of who did: what is new is kept and shown to nobody,
 * and what is shown stays as it is while the change waits. `writes`: false only looks.
 */
export function reviewing({ by, writes }: { by: string; writes: boolean }): {
  write: Write
  found: Reviewed
} {
  const found: Reviewed = { fresh: 0, changed: 0, same: 0, rows: [] }
  const write: Write = async (client, kind, office, listings, who) => {
    if (listings.length === 0) return 0
    const mine = listings.map(one => ({ ...one, approved_by: null }))
    if (kind === 'round')
      return takeRounds(client, office, mine as unknown as Identified<'round'>[], writes ? who : undefined)
    const sorted = await sort(
      client,
      office,
      kind as DraftKind,
      mine as unknown as Identified<DraftKind>[],
      found,
    )
    if (writes) {
      await putListings(client, kind as DraftKind, office, sorted.kept, who)
      await keepListingDrafts(client, { office, kind: kind as DraftKind, by }, sorted.waiting)
    }
    return sorted.kept.length + sorted.waiting.length
  }
  return { write, found }
}

/** Parts of a listing that differ; who approved it is not of it. */
export function partsThatDiffer(one: Contents[ListingKind], other: Contents[ListingKind]): string[] {
  const [a, b] = [one, other] as Record<string, unknown>[]
  return Object.keys({ ...a }).filter(
    part => part !== 'id' && part !== 'approved_by' && !isDeepStrictEqual(a?.[part], b?.[part]),
  )
}

async function sort<K extends DraftKind>(
  client: Queryable,
  office: string,
  kind: K,
  listings: Identified<K>[],
  found: Reviewed,
): Promise<{ kept: Identified<K>[]; waiting: Identified<K>[] }> {
  const standing = await standingOf(client, TABLES[kind].table, {
    office,
    kind,
    ids: listings.map(({ id }) => id),
  })
  const [kept, waiting]: [Identified<K>[], Identified<K>[]] = [[], []]
  for (const listing of listings) {
    const known = standing.get(listing.id)
    if (known === undefined) {
      found.fresh += 1
      kept.push(listing)
      tell(found, listing, { is: 'fresh', parts: [], waits: true })
      continue
    }
    const parts = partsThatDiffer(listing, known.now)
    const isWaiting = known.draft !== null && partsThatDiffer(listing, known.draft).length === 0
    if (parts.length === 0 || isWaiting) {
      found.same += 1
      continue
    }
    found.changed += 1
    const isShown = known.now.approved_by !== null
    ;(isShown ? waiting : kept).push(listing)
    tell(found, listing, { is: 'changed', parts, waits: isShown })
  }
  return { kept, waiting }
}

function tell(found: Reviewed, listing: Identified<DraftKind>, row: Omit<ReviewedRow, 'id' | 'title'>): void {
  if (found.rows.length >= MOST_SHOWN) return
  const title = 'position' in listing ? listing.position : 'title' in listing ? listing.title : listing.name
  found.rows.push({ id: listing.id, title, ...row })
}

/** A selection that is there stays as it is: its stages are shown under its name, and nobody approves that by itself. */
async function takeRounds(
  client: Queryable,
  office: string,
  rounds: Identified<'round'>[],
  who: { name: string; at: Date } | undefined,
): Promise<number> {
  const known = await standingOf(client, TABLES.round.table, {
    office,
    kind: 'round',
    ids: rounds.map(({ id }) => id),
  })
  for (const { id, name, kind, year } of rounds) {
    const now = known.get(id)?.now
    if (now !== undefined && (now.name !== name || now.kind !== kind || now.year !== year))
      throw new Refusal(
        `The selection "${id}" is kept as "${now.name}" (${now.kind}, ${now.year}), and this table has it otherwise.`,
      )
  }
  const fresh = rounds.filter(({ id }) => !known.has(id))
  if (who !== undefined) await putListings(client, 'round', office, fresh, who)
  return fresh.length
}
