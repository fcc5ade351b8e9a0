import type { Queryable } from './db.ts'
import { dutiesOf, type Member } from './duties.ts'
import { hashOfToken, newToken } from './sign-in-links.ts'
import type { Person } from './staff.ts'

/** A session ends after half an hour in which nothing was asked for, and after a working day in any case. */
const IDLE = `interval '30 minutes'`
const WHOLE = `interval '12 hours'`

export type StaffSession = { member: Member; provedAt: Date | null; begunAt: Date }

/** Begins a session; gives what the cookie is to hold. Sessions that are over are forgotten. */
export async function beginSession(on: Queryable, staffId: string): Promise<string> {
  const token = newToken()
  await on.query(
    `with over as (delete from staff_sessions where seen_at < now() - ${IDLE} or begun_at < now() - ${WHOLE})
     insert into staff_sessions (hash, staff_id, begun_at, seen_at) values ($1, $2, now(), now())`,
    [hashOfToken(token), staffId],
  )
  return token
}

/**
 * Who holds this token. Rights are read anew each time: who was taken off the list is nobody with their next click. `stays`: this
 * request is no sign of a person (a page that looks for news by itself), and does not keep the session alive.
 */
export async function sessionOf(
  on: Queryable,
  token: string,
  { stays }: { stays: boolean },
): Promise<StaffSession | undefined> {
  const { rows } = await on.query<
    Person & { given: string[]; proved_at: Date | null; begun_at: Date; seen_at: Date }
  >({
    name: 'staff-session',
    text: `with seen as (
        update staff_sessions set seen_at = case when $2 then seen_at else now() end
        where hash = $1 and seen_at > now() - ${IDLE} and begun_at > now() - ${WHOLE}
        returning staff_id, begun_at, proved_at
      )
      select s.id, s.office, s.name, s.role, s.desks, seen.begun_at, seen.proved_at,
        array(select duty from staff_duties d where d.staff_id = s.id) as given
      from seen join staff s on s.id = seen.staff_id where s.left_at is null`,
    values: [hashOfToken(token), stays],
  })
  const [row] = rows
  if (row === undefined) return undefined
  const { id, office, name, role, desks, given, proved_at: provedAt, begun_at: begunAt } = row
  return { member: { id, office, name, role, desks, duties: dutiesOf(role, given) }, provedAt, begunAt }
}

/** The second factor was given: the session goes on under a new token, and the old one is dead. */
export async function proveSession(on: Queryable, token: string): Promise<string | undefined> {
  const fresh = newToken()
  const { rowCount } = await on.query(
    'update staff_sessions set hash = $2, proved_at = now() where hash = $1',
    [hashOfToken(token), hashOfToken(fresh)],
  )
  return rowCount === 1 ? fresh : undefined
}

export async function endSession(on: Queryable, token: string): Promise<void> {
  await on.query('delete from staff_sessions where hash = $1', [hashOfToken(token)])
}

/** One place where somebody is signed in; `id` names it and opens nothing. */
export type OpenSession = { id: string; begunAt: Date; seenAt: Date; isThis: boolean }

/** Where this person is signed in, the newest first; `token` is that of the browser which asks. */
export async function sessionsOf(on: Queryable, staffId: string, token: string): Promise<OpenSession[]> {
  const { rows } = await on.query<{ hash: Buffer; begun_at: Date; seen_at: Date }>(
    `select hash, begun_at, seen_at from staff_sessions
     where staff_id = $1 and seen_at > now() - ${IDLE} and begun_at > now() - ${WHOLE} order by begun_at desc`,
    [staffId],
  )
  const own = hashOfToken(token)
  return rows.map(({ hash, begun_at: begunAt, seen_at: seenAt }) => ({
    id: hash.toString('base64url'),
    begunAt,
    seenAt,
    isThis: hash.equals(own),
  }))
}

/** Ends the session of this id if it is this person's; whether it was. */
export async function endOneSession(on: Queryable, staffId: string, id: string): Promise<boolean> {
  const { rowCount } = await on.query('delete from staff_sessions where staff_id = $1 and hash = $2', [
    staffId,
    Buffer.from(id, 'base64url'),
  ])
  return rowCount === 1
}

/** Signs somebody out everywhere; in how many places. */
export async function endSessionsOf(on: Queryable, staffId: string): Promise<number> {
  const { rowCount } = await on.query('delete from staff_sessions where staff_id = $1', [staffId])
  return rowCount ?? 0
}
