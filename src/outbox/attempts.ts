import type { Db } from '../records/db.ts'

// Only who still holds the message, has not given it away before, and may still speak first there gets its id back. Of an
// announcement that was stopped nothing is begun any more, whatever was claimed or is to be tried again.
const ATTEMPT = `
with now_or_never as (
  select o.id, case when c.id is null or c.stopped or c.wipe_after is not null then 'withheld' else over.status end as why
  from outbox o left join conversations c on c.id = o.conversation_id
  left join lateral (
    select v.status from announced a
    join announcement_versions v on v.announcement_id = a.announcement_id and v.version = a.version
    where a.outbox_id = o.id and a.state in ('queued', 'held') and v.status in ('stopped', 'replaced')
  ) over on true
  where o.id = any($1::bigint[]) and o.status || '' = 'sending' and o.attempted_at is null
  order by o.id for update of o
), withheld as (
  update outbox o set status = 'failed', error = n.why, lease_until = null
  from now_or_never n where o.id = n.id and n.why is not null
)
update outbox o set attempted_at = now() from now_or_never n where o.id = n.id and n.why is null returning o.id`

type Entry = { id: number; resolve(may: boolean): void; reject(error: unknown): void }

/**
 * Notes down that a message said first is about to be given to its platform. True once that is committed: whatever happens from then
 * on, nobody gives it there again. False when it is not ours any more, was stopped, or its citizen wants nothing unasked. Those
 * asked for while a statement is on its way form the next.
 */
export function createAttempts(db: Db): (id: number) => Promise<boolean> {
  let entries: Entry[] = []
  let writing = false

  async function writeAll(): Promise<void> {
    writing = true
    while (entries.length > 0) {
      const batch = entries
      entries = []
      try {
        const { rows } = await db.pool.query<{ id: number }>({
          name: 'attempt',
          text: ATTEMPT,
          values: [batch.map(({ id }) => id)],
        })
        const noted = new Set(rows.map(({ id }) => Number(id)))
        for (const { id, resolve } of batch) resolve(noted.has(id))
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
    }
    // In the same breath as nothing was left: whoever comes next begins a new round.
    writing = false
  }

  return id =>
    new Promise((resolve, reject) => {
      entries.push({ id, resolve, reject })
      if (!writing) void writeAll()
    })
}
