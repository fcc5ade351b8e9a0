import type { PoolClient } from 'pg'
import { headOf, sealOf } from './audit.ts'
import type { Sealing } from './sealing.ts'

/** Entries forgotten in one transaction. */
const FORGOTTEN = 2000

/**
 * Forgets entries older than so many days, the oldest first and not all at once; the chain then begins behind the last of them. The
 * moments of those that went. Nobody but the owner of the tables may take an entry away by hand; the function refuses younger ones.
 */
export async function forgetEntries(
  on: PoolClient,
  sealing: Sealing,
  { office, days }: { office: string; days: number },
  now: Date,
): Promise<Date[]> {
  const head = await headOf(on, office, true)
  if (head === undefined) return []
  const { rows } = await on.query<{ number: number; hash: Buffer }>(
    `select number, hash from audit_log where office = $1 and number = (
       select max(number) from audit_log where office = $1 and at < $2::timestamptz - $3 * interval '1 day'
         and number <= $4::bigint + ${FORGOTTEN})`,
    [office, now, days, head.base_number],
  )
  const [last] = rows
  if (last === undefined) return []
  const next = { ...head, base_number: last.number, base_hash: last.hash }
  const { rows: gone } = await on.query<{ at: Date }>('select at from forget_audit($1, $2) as at', [
    office,
    last.number,
  ])
  await on.query('update audit_heads set base_number = $2, base_hash = $3, seal = $4 where office = $1', [
    office,
    next.base_number,
    next.base_hash,
    sealOf(sealing, office, next),
  ])
  return gone.map(({ at }) => at)
}
