import type { Contents, ListingKind } from '../records/listings.ts'

/** Whether anybody is shown a listing at all: somebody approved it, nobody took it back, and examples only while trying out. */
export function isShown(listing: Contents[ListingKind], examples: boolean): boolean {
  return listing.approved_by !== null && listing.withdrawn === null && (examples || !isExample(listing))
}

/** Words in its name that say nobody of an office has written it. */
export function isExample(listing: Contents[ListingKind]): boolean {
  const name = 'position' in listing ? listing.position : 'title' in listing ? listing.title : listing.name
  return name.includes('(contoh)')
}
