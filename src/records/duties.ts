import type { PoolClient } from 'pg'
import { type Db, type Queryable, transaction } from './db.ts'
import type { Person, Role } from './staff.ts'

/**
 * What a person of staff may do on the pages: work at their desks (operator), see to others' work (supervisor), read what is
 * restricted (confidential), write what the office says to many (broadcaster), agree to what takes two (approver), read the logs
 * (protection), look after staff and groups and read no report (administrator).
 */
export const DUTIES = [
  'operator',
  'supervisor',
  'confidential',
  'broadcaster',
  'approver',
  'protection',
  'administrator',
] as const
export type Duty = (typeof DUTIES)[number]

/** Who writes what the office says to many, on the pages; in its group a desk does. */
export const ANNOUNCES: readonly Duty[] = ['broadcaster', 'supervisor']
/** Who agrees to what another wrote of that. */
export const AGREES_TO_ANNOUNCE: readonly Duty[] = ['approver', 'supervisor']

/** What a place on the list brings along; more is given by somebody else, duty by duty. */
const BY_ROLE: Record<Role, readonly Duty[]> = {
  staff: ['operator'],
  head: ['operator', 'supervisor', 'approver'],
  admin: ['administrator'],
  observer: [],
}

export type Member = Person & { duties: Duty[] }

export function dutiesOf(role: Role, given: readonly string[]): Duty[] {
  return DUTIES.filter(duty => BY_ROLE[role].includes(duty) || given.includes(duty))
}

/** Somebody who is on the list today, with all they may do; undefined when they are not. */
export async function memberById(on: Queryable, id: string): Promise<Member | undefined> {
  const [member] = await members(on, 's.id = $1', id)
  return member
}

/** Everybody on an office's list today. */
export function membersOf(on: Queryable, office: string): Promise<Member[]> {
  return members(on, 's.office = $1', office)
}

async function members(on: Queryable, where: string, value: string): Promise<Member[]> {
  const { rows } = await on.query<Person & { given: string[] }>(
    `select s.id, s.office, s.name, s.role, s.desks,
       array(select duty from staff_duties d where d.staff_id = s.id) as given
     from staff s where ${where} and s.left_at is null order by s.name`,
    [value],
  )
  return rows.map(({ given, ...person }) => ({ ...person, duties: dutiesOf(person.role, given) }))
}

/**
 * Whether somebody is an administrator at that moment. Whoever asks waits for who asked before: two who take each other's place, duty
 * or name off the list at once would leave nobody. Within a transaction.
 */
export async function administers(client: PoolClient, id: string): Promise<boolean> {
  await client.query(
    `select 1 from staff where office = (select office from staff where id = $1) and left_at is null order by id for update`,
    [id],
  )
  return (await memberById(client, id))?.duties.includes('administrator') === true
}

/**
 * Gives a duty or takes it back, for an administrator. Nobody gives themselves anything: then it throws, as the table would. Their
 * sessions end. False when nothing was done.
 */
export function changeDuty(
  db: Db,
  change: { to: string; duty: Duty; by: string; give: boolean },
  alongside: (client: PoolClient) => Promise<unknown>,
): Promise<boolean> {
  const { to, duty, by, give } = change
  if (to === by) throw new Error('Nobody gives themselves a duty.')
  return transaction(db, async client => {
    if (!(await administers(client, by))) return false
    if (give)
      await client.query(
        `insert into staff_duties (staff_id, duty, granted_by, granted_at) values ($1, $2, $3, now())
         on conflict do nothing`,
        [to, duty, by],
      )
    else await client.query('delete from staff_duties where staff_id = $1 and duty = $2', [to, duty])
    await client.query('delete from staff_sessions where staff_id = $1', [to])
    await alongside(client)
    return true
  })
}

/**
 * Changes somebody's place: their role and the desks they may work at. Nobody changes their own, and only who is an administrator at
 * that moment may. False when nothing was done. Their sessions end.
 */
export function changePlace(
  db: Db,
  change: { to: string; role: Role; desks: string[] | null; by: Member },
  alongside: (client: PoolClient) => Promise<unknown>,
): Promise<boolean> {
  const { to, role, desks, by } = change
  if (to === by.id) throw new Error('Nobody changes their own place.')
  return transaction(db, async client => {
    if (!(await administers(client, by.id))) return false
    const { rowCount } = await client.query(
      'update staff set role = $3, desks = $4 where id = $1 and office = $2 and left_at is null',
      [to, by.office, role, desks],
    )
    if (rowCount !== 1) return false
    await client.query('delete from staff_sessions where staff_id = $1', [to])
    await alongside(client)
    return true
  })
}

/** Whether somebody reads and works on what a desk has. The restricted desk is for who is named for it, or has the duty. */
export function worksAt({ desks, duties }: Member, desk: string, isRestricted: boolean): boolean {
  const reads = duties.includes('operator') || duties.includes('supervisor')
  if (isRestricted) return duties.includes('confidential') || (reads && desks?.includes(desk) === true)
  return reads && (desks === null || desks.includes(desk))
}
