import type { Queryable } from './db.ts'
import { lockListings, putListings } from './listing-changes.ts'
import type { Identified, ListingKind } from './listings.ts'
import { listingOf } from './listings-of.ts'

/**
 * What came of approving a listing as it was looked at. `already`: somebody was there before, and who. `changed`: it is another version by
 * now, which nobody has looked at.
 */
export type Approval =
  | { kind: 'approved'; version: number }
  | { kind: 'already'; by: string }
  | { kind: 'changed'; version: number }
  | { kind: 'absent' }

/** Lets a listing be shown, in somebody's name; of two who do so at once the first has done it. Within a transaction. */
export async function approveListing<K extends ListingKind>(
  client: Queryable,
  kind: K,
  { office, id, version }: { office: string; id: string; version: number },
  by: { name: string; at: Date },
): Promise<Approval> {
  await lockListings(client)
  const now = await listingOf(client, office, kind, id)
  if (now === undefined) return { kind: 'absent' }
  if (now.approved_by !== null) return { kind: 'already', by: now.approved_by }
  if (now.version !== version) return { kind: 'changed', version: now.version }
  const { version: _, ...content } = now
  const approved = { ...content, id, approved_by: by.name } as unknown as Identified<K>
  const [put] = await putListings(client, kind, office, [approved], by)
  return { kind: 'approved', version: put?.version ?? version }
}
