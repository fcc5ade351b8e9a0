import { randomUUID } from 'node:crypto'
import { type Db, type Queryable, transaction } from './db.ts'
import type { Sealing } from './sealing.ts'
import { issueCode, spendCode } from './single-use.ts'

/** An observer is on the list for what the pages show them alone (logs, figures): give them no desk. */
export const ROLES = ['staff', 'head', 'admin', 'observer'] as const
export type Role = (typeof ROLES)[number]

/** `desks`: where they may work; null means at all general desks. The restricted one is for who is named for it, or has the duty. */
export type Person = { id: string; office: string; name: string; role: Role; desks: string[] | null }

/** Hours a link for an account stays good: a working day and the night before it. */
const LINK_HOURS = 24

/** Puts somebody on the list of an office; they have no account yet and can do nothing. */
export async function addStaff(on: Queryable, sealing: Sealing, person: Omit<Person, 'id'>): Promise<string> {
  const id = randomUUID()
  const { wrapped } = sealing.newKey(`staff.${id}`)
  await on.query(
    `insert into staff (id, office, name, role, desks, wrapped_key, created_at) values ($1, $2, $3, $4, $5, $6, now())`,
    [id, person.office, person.name, person.role, person.desks, wrapped],
  )
  return id
}

/** Everybody who is on an office's list today, and how many accounts each has. */
export async function staffOf(on: Queryable, office: string): Promise<(Person & { accounts: number })[]> {
  const { rows } = await on.query<Person & { accounts: number }>(
    `select s.id, s.office, s.name, s.role, s.desks, count(a.staff_id)::int as accounts
     from staff s left join staff_accounts a on a.staff_id = s.id
     where s.office = $1 and s.left_at is null group by s.id order by s.name`,
    [office],
  )
  return rows
}

/** Takes somebody off the list: their accounts are gone at once, their name stays in the history of tickets. */
export function staffLeaves(db: Db, id: string): Promise<void> {
  return transaction(db, async client => {
    await client.query('delete from staff_accounts where staff_id = $1', [id])
    await client.query('update staff set left_at = now() where id = $1', [id])
  })
}

/** The word that makes whoever sends it to the office's bot, in a chat of their own, this person. */
export function linkForStaff(on: Queryable, sealing: Sealing, person: Pick<Person, 'id' | 'office'>) {
  return issueCode(on, sealing, { office: person.office, opens: 'staff', whose: person.id }, LINK_HOURS)
}

type Account = { office: string; channel: string; account: string }

/** Binds an account to the person a word was issued for; undefined when the word opens nothing. */
export function bindAccount(
  db: Db,
  sealing: Sealing,
  where: Account,
  code: string,
): Promise<Person | undefined> {
  return transaction(db, async client => {
    const id = await spendCode(client, sealing, { office: where.office, opens: 'staff', code })
    if (id === undefined) return undefined
    const { rows } = await client.query<Person & { wrapped_key: Buffer }>(
      'select id, office, name, role, desks, wrapped_key from staff where id = $1 and left_at is null',
      [id],
    )
    const row = rows[0]
    if (row === undefined) return undefined
    const key = sealing.unwrap(row.wrapped_key, `staff.${id}`)
    await client.query(
      `insert into staff_accounts (account_hash, staff_id, channel, account) values ($1, $2, $3, $4)
       on conflict (account_hash) do update set staff_id = excluded.staff_id, account = excluded.account`,
      [
        hashOfAccount(sealing, where),
        id,
        where.channel,
        sealing.seal(key, `staff_accounts.account.${id}`, where.account),
      ],
    )
    const { wrapped_key: _, ...person } = row
    return person
  })
}

/** Who writes from this account, if anybody on the list does. Asked in the turn itself: who was taken off has lost it. */
export async function personAt(on: Queryable, sealing: Sealing, where: Account): Promise<Person | undefined> {
  const { rows } = await on.query<Person>({
    name: 'person-at',
    text: `select s.id, s.office, s.name, s.role, s.desks from staff_accounts a join staff s on s.id = a.staff_id
           where a.account_hash = $1 and s.office = $2 and s.left_at is null`,
    values: [hashOfAccount(sealing, where), where.office],
  })
  return rows[0]
}

function hashOfAccount(sealing: Sealing, { office, channel, account }: Account): Buffer {
  return sealing.hash('account', office, channel, account)
}
