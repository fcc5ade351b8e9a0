import { createHash, randomBytes } from 'node:crypto'
import type { Queryable } from './db.ts'

/** Long enough to walk from one chat to another, short enough that a link left lying opens nothing. */
const LINK_MINUTES = 5

/** What a link or a cookie holds is never kept: this is. 256 random bits need no slow hash. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** The secret part of a link that signs this person in once within five minutes. Links made for them before are void. */
export async function issueSignIn(on: Queryable, staffId: string): Promise<string> {
  const token = newToken()
  await on.query(
    `with void as (delete from sign_in_links where staff_id = $2 or expires_at < now())
     insert into sign_in_links (hash, staff_id, expires_at) values ($1, $2, now() + $3 * interval '1 minute')`,
    [hashOfToken(token), staffId, LINK_MINUTES],
  )
  return token
}

// Of links made at the same moment none saw the others, so none is void yet: the last one is good, and takes the others along.
const SPEND = `
delete from sign_in_links where staff_id = (
  select l.staff_id from sign_in_links l where l.hash = $1 and l.expires_at > now() and not exists (
    select 1 from sign_in_links o where o.staff_id = l.staff_id and (o.expires_at, o.hash) > (l.expires_at, l.hash)))
returning staff_id`

/** Whom it signs in; undefined when it is none, was used or is too old. Of any number who use it at once one wins. */
export async function spendSignIn(on: Queryable, token: string): Promise<string | undefined> {
  const { rows } = await on.query<{ staff_id: string }>(SPEND, [hashOfToken(token)])
  return rows[0]?.staff_id
}
