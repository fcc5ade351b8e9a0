import { hashOf, type Kept, START, sealOf } from './audit.ts'
import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'

/** Where a chain stands while it is written anew. `base`: the last entry that was forgotten. */
export type ChainEnd = { number: number; hash: Buffer; base: number }

/** A chain that begins behind entry `base`. */
export function beginChain(base: number): ChainEnd {
  return { number: base, hash: START, base }
}

/** The end of a chain with one entry more: for a log that is written anew as a whole, with sealed reasons of its own. */
export function continueChain(sealing: Sealing, end: ChainEnd, entry: Kept): ChainEnd {
  return { ...end, number: entry.number, hash: hashOf(sealing, end.hash, entry) }
}

/** Writes down where a chain that was written anew ends. */
export async function putHead(
  on: Queryable,
  sealing: Sealing,
  office: string,
  { number, hash, base }: ChainEnd,
): Promise<void> {
  const head = { number, hash, base_number: base, base_hash: START }
  await on.query(
    'insert into audit_heads (office, number, hash, base_number, base_hash, seal) values ($1, $2, $3, $4, $5, $6)',
    [office, number, hash, base, START, sealOf(sealing, office, head)],
  )
}
