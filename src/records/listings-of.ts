import type { Queryable } from './db.ts'
import { type Contents, type Identified, type ListingKind, TABLES } from './listings.ts'

/** Rows of one look: a statement may take five seconds. */
const AT_ONCE = 5000

/** All listings of one kind an office has, as they are now, by their ids. */
export async function listingsOf<K extends ListingKind>(
  on: Queryable,
  office: string,
  kind: K,
): Promise<Identified<K>[]> {
  const all: Identified<K>[] = []
  for (let last = ''; ; ) {
    const { rows } = await on.query<{ id: string; content: Contents[K] }>({
      name: `all-of-${kind}`,
      text: `select now.id, change.content from ${TABLES[kind].table} now
        join listing_changes change on change.office = now.office and change.kind = $2
          and change.listing_id = now.id and change.version = now.version
        where now.office = $1 and now.id > $3 order by now.id limit $4`,
      values: [office, kind, last, AT_ONCE],
    })
    for (const { id, content } of rows) all.push({ ...content, id })
    if (rows.length < AT_ONCE) return all
    last = rows.at(-1)?.id ?? ''
  }
}

/** One listing as it is now, with its version; undefined when there is none of that id. */
export async function listingOf<K extends ListingKind>(
  on: Queryable,
  office: string,
  kind: K,
  id: string,
): Promise<(Contents[K] & { id: string; version: number }) | undefined> {
  const { rows } = await on.query<{ version: number; content: Contents[K] }>({
    name: `one-${kind}`,
    text: `select now.version, change.content from ${TABLES[kind].table} now
      join listing_changes change on change.office = now.office and change.kind = $2
        and change.listing_id = now.id and change.version = now.version
      where now.office = $1 and now.id = $3`,
    values: [office, kind, id],
  })
  const [row] = rows
  return row && { ...row.content, id, version: row.version }
}
