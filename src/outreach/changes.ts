import type { Told, ToldKind } from '../desk/listing-words.ts'
import type { Queryable } from '../records/db.ts'
import { type ListingChange, versionsOf } from '../records/listing-changes.ts'
import { isShown } from '../vacancies/shown.ts'

/** The last state of a listing among some changes, all parts that are other than before these, and the version before them. */
export type Changed = ListingChange<ToldKind> & { parts: Set<string>; since: number }

/** A listing as it was last told, or last stood, and as it is now. */
export type Change = Pick<Changed, 'kind' | 'id' | 'version' | 'by' | 'at'> & {
  now: Told
  /** Undefined where nobody was ever shown it. */
  before: Told | undefined
  stands: boolean
}

/** Each listing among these changes once; of rounds nothing is told by itself. */
export function lastOfEach(changes: readonly ListingChange[]): Changed[] {
  const last = new Map<string, Changed>()
  for (const change of changes) {
    if (change.kind === 'round') continue
    const name = aboutOf(change)
    const known = last.get(name)
    const parts = new Set([...(known?.parts ?? []), ...change.changed])
    last.set(name, { ...change, parts, since: known?.since ?? change.version - 1 })
  }
  return [...last.values()]
}

/** What an announcement about a listing is about. */
export function aboutOf({ kind, id }: { kind: string; id: string }): string {
  return `${kind}/${id}`
}

export function toldOf({ kind, content }: Pick<ListingChange<ToldKind>, 'kind' | 'content'>): Told {
  return { kind, content } as Told
}

/** Against the version that was told last, or else against the last that stood before change number `from`. */
export async function changeOf(
  on: Queryable,
  last: Changed,
  { told, from, examples }: { told: number | null; from: number; examples: boolean },
): Promise<Change> {
  const versions = await versionsOf(on, last.office, last.kind, last.id)
  const before = versions.findLast(one =>
    told === null ? one.number <= from && isShown(one.content, examples) : one.version === told,
  )
  const { kind, id, version, by, at } = last
  return {
    kind,
    id,
    version,
    by,
    at,
    now: toldOf(last),
    before: before && toldOf({ kind, content: before.content }),
    stands: isShown(last.content, examples),
  }
}
