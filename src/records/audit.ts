import type { PoolClient } from 'pg'
import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'

/** One thing somebody did or saw. `subject` names it by a code or an id, never by a value; `why` is sealed. */
export type Entry = {
  office: string
  /** A person's id; null: a command, or the clock. */
  actor: string | null
  action: string
  subject: string
  why?: string
}

export type Head = { number: number; hash: Buffer; base_number: number; base_hash: Buffer; seal: Buffer }

/** The hash before the first entry. */
export const START = Buffer.alloc(32)

/**
 * Adds one entry to an office's log, in the transaction of what it tells of; entries of an office wait for one another. The hash
 * takes in the one before under a key that is not in the database: who owns the tables can break the chain, but not mend it.
 */
export async function note(on: PoolClient, sealing: Sealing, entry: Entry, at: Date): Promise<void> {
  const { office, actor, action, subject, why } = entry
  const fresh = { number: 0, hash: START, base_number: 0, base_hash: START }
  await on.query(
    `insert into audit_heads (office, number, hash, base_number, base_hash, seal) values ($1, 0, $2, 0, $2, $3)
     on conflict do nothing`,
    [office, START, sealOf(sealing, office, fresh)],
  )
  const head = await headOf(on, office, true)
  if (head === undefined) throw new Error('The audit log has no head.')
  const number = head.number + 1
  const reason = why === undefined || actor === null ? null : await sealWhy(on, sealing, entry, number)
  const hash = hashOf(sealing, head.hash, { office, number, at, actor, action, subject, reason })
  await on.query(
    `with added as (
       insert into audit_log (office, number, at, actor, action, subject, reason, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
     )
     update audit_heads set number = $2, hash = $8, seal = $9 where office = $1`,
    [
      office,
      number,
      at,
      actor,
      action,
      subject,
      reason,
      hash,
      sealOf(sealing, office, { ...head, number, hash }),
    ],
  )
}

/** An entry as it stands in its row. */
export type Kept = {
  office: string
  number: number
  at: Date
  actor: string | null
  action: string
  subject: string
  reason: Buffer | null
}

/** The hash of an entry behind the one of hash `before`. */
export function hashOf(sealing: Sealing, before: Buffer, kept: Kept): Buffer {
  const { office, number, at, actor, action, subject, reason } = kept
  const text = JSON.stringify([office, number, at.toISOString(), actor, action, subject])
  return sealing.hash('audit', before.toString('hex'), text, reason?.toString('hex') ?? '')
}

async function headOf(on: Queryable, office: string, locked: boolean): Promise<Head | undefined> {
  const { rows } = await on.query<Head>(
    `select number, hash, base_number, base_hash, seal from audit_heads where office = $1${locked ? ' for update' : ''}`,
    [office],
  )
  return rows[0]
}

/** What a head is sealed with, so that nobody without the keys moves it. */
export function sealOf(sealing: Sealing, office: string, head: Omit<Head, 'seal'>): Buffer {
  const { number, hash, base_number, base_hash } = head
  const numbers = `${number} ${base_number}`
  return sealing.hash('audit head', office, numbers, hash.toString('hex'), base_hash.toString('hex'))
}

async function sealWhy(
  on: Queryable,
  sealing: Sealing,
  entry: Entry,
  number: number,
): Promise<Buffer | null> {
  const { rows } = await on.query<{ wrapped_key: Buffer }>('select wrapped_key from staff where id = $1', [
    entry.actor,
  ])
  const wrapped = rows[0]?.wrapped_key
  if (wrapped === undefined) return null
  const key = sealing.unwrap(wrapped, `staff.${entry.actor}`)
  return sealing.seal(key, `audit_log.reason.${entry.office}.${number}`, entry.why ?? '')
}

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

/** Entries forgotten in one transaction. */
const FORGOTTEN = 2000

/**
 * Forgets entries older than so many days, the oldest first and not all at once; the chain then begins behind the last of them. The
 * moments of those that went.
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
  await on.query(`select set_config('balai.forgets_audit', 'yes', true)`)
  const { rows: gone } = await on.query<{ at: Date }>(
    'delete from audit_log where office = $1 and number <= $2 returning at',
    [office, last.number],
  )
  await on.query(`select set_config('balai.forgets_audit', '', true)`)
  await on.query('update audit_heads set base_number = $2, base_hash = $3, seal = $4 where office = $1', [
    office,
    next.base_number,
    next.base_hash,
    sealOf(sealing, office, next),
  ])
  return gone.map(({ at }) => at)
}

/** The number of an office's last entry and the beginning of its hash, to be written down elsewhere; undefined without entries. */
export async function headToTell(
  on: Queryable,
  office: string,
): Promise<{ number: number; mark: string } | undefined> {
  const head = await headOf(on, office, false)
  if (head === undefined || head.number === 0) return undefined
  return { number: head.number, mark: head.hash.toString('hex').slice(0, 16) }
}
