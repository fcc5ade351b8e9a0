import { type ListingChange, versionsOf } from '../records/listing-changes.ts'
import { type DraftKind, type ListingDraft, listingDraftOf } from '../records/listing-drafts.ts'
import type { Identified } from '../records/listings.ts'
import { listingOf } from '../records/listings-of.ts'
import type { Seat } from './door.ts'
import type { ListingPages, Whole } from './listing-kinds.ts'

/** All a page tells of one listing. `wanted`: the change that waits, as it would stand. */
export type OneListing = {
  stands: Whole
  version: number
  /** Who wrote the version that stands. */
  writtenBy: string
  waits: { draft: ListingDraft<DraftKind>; wanted: Whole } | undefined
  round: Identified<'round'> | undefined
  versions: ListingChange<DraftKind>[]
}

/** Undefined when there is none of that id. */
export async function readOneListing(
  { door, house }: Seat,
  { kind }: ListingPages,
  id: string,
): Promise<OneListing | undefined> {
  const office = house.office.id
  const on = door.db.pool
  const now = await listingOf(on, office, kind, id)
  if (now === undefined) return undefined
  const { version, ...listing } = now
  const [draft, versions, round] = await Promise.all([
    listingDraftOf(on, { office, kind, id }),
    versionsOf(on, office, kind, id),
    'to_do' in listing ? listingOf(on, office, 'round', listing.round) : undefined,
  ])
  const whole = (content: object) => ({ kind, listing: { ...content, id }, round }) as Whole
  return {
    stands: whole(listing),
    version,
    writtenBy: versions.at(-1)?.by ?? '',
    waits: draft && { draft, wanted: whole(draft.content) },
    round,
    versions,
  }
}
