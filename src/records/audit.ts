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

/** Where an office's log ends; `locked`: nobody else adds to it until this transaction is over. */
export async function headOf(on: Queryable, office: string, locked: boolean): Promise<Head | undefined> {
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

/** The number of an office's last entry and the beginning of its hash, to be written down elsewhere; undefined without entries. */
export async function headToTell(
  on: Queryable,
  office: string,
): Promise<{ number: number; mark: string } | undefined> {
  const head = await headOf(on, office, false)
  if (head === undefined || head.number === 0) return undefined
  return { number: head.number, mark: head.hash.toString('hex').slice(0, 16) }
}
