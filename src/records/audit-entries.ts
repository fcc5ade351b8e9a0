import type { Kept } from './audit.ts'
import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'

/** An entry as it is read: with the name of who did it, and why. */
export type Shown = Kept & { name: string | null; why: string }

/** The latest entries of an office, of one subject or of all, with names and reasons. */
export async function latestEntries(
  on: Queryable,
  sealing: Sealing,
  {
    office,
    subject,
    before,
    most = 100,
  }: { office: string; subject?: string; before?: number; most?: number },
): Promise<Shown[]> {
  const { rows } = await on.query<Kept & { name: string | null; wrapped_key: Buffer | null }>(
    `select a.office, a.number, a.at, a.actor, a.action, a.subject, a.reason, s.name, s.wrapped_key
     from audit_log a left join staff s on s.id = a.actor
     where a.office = $1 and ($2::text is null or a.subject = $2) and ($3::bigint is null or a.number < $3)
     order by a.number desc limit $4`,
    [office, subject ?? null, before ?? null, most],
  )
  return rows.map(({ wrapped_key, ...row }) => ({ ...row, why: openWhy(sealing, row, wrapped_key) }))
}

function openWhy(sealing: Sealing, { office, number, actor, reason }: Kept, wrapped: Buffer | null): string {
  if (reason === null || wrapped === null) return ''
  return sealing.open(
    sealing.unwrap(wrapped, `staff.${actor}`),
    `audit_log.reason.${office}.${number}`,
    reason,
  )
}
