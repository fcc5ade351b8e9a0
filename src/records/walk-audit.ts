import { hashOf, headOf, type Kept, sealOf } from './audit.ts'
import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'

/** Rows read in one go while the chain is walked. */
const READ = 2000

/**
 * Walks an office's chain from its beginning. `firstBad` is the number of the first entry that was changed, moved or taken out;
 * one beyond the last where the end was cut off. Undefined when all is as it was written.
 */
export async function walkChain(
  on: Queryable,
  sealing: Sealing,
  office: string,
): Promise<{ entries: number; firstBad: number | undefined }> {
  const head = await headOf(on, office, false)
  if (head === undefined) {
    const { rowCount } = await on.query('select 1 from audit_log where office = $1 limit 1', [office])
    return { entries: 0, firstBad: rowCount === 0 ? undefined : 1 }
  }
  if (!sealOf(sealing, office, head).equals(head.seal))
    return { entries: 0, firstBad: await firstLeft(on, office) }
  let [before, last]: [Buffer, number] = [head.base_hash, head.base_number]
  for (;;) {
    const { rows } = await on.query<Kept & { hash: Buffer }>(
      `select office, number, at, actor, action, subject, reason, hash from audit_log
       where office = $1 and number > $2 order by number limit ${READ}`,
      [office, last],
    )
    for (const row of rows) {
      const isNext = row.number === last + 1
      if (!isNext || !hashOf(sealing, before, row).equals(row.hash))
        return { entries: last, firstBad: last + 1 }
      ;[before, last] = [row.hash, row.number]
    }
    if (rows.length < READ) break
  }
  const isEnd = head.number === last && head.hash.equals(before)
  return { entries: last - head.base_number, firstBad: isEnd ? undefined : last + 1 }
}

/** Where the head itself was changed, nothing behind it can be trusted. */
async function firstLeft(on: Queryable, office: string): Promise<number> {
  const { rows } = await on.query<{ first: number | null }>(
    'select min(number) as first from audit_log where office = $1',
    [office],
  )
  return rows[0]?.first ?? 1
}
