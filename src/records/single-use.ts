import { randomInt } from 'node:crypto'
import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'

export type Opens = 'staff' | 'group' | 'citizen'

/** Crockford's alphabet, as in ticket codes: nothing is misheard, and it fits a link. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 60 bits: not to be guessed within the day a code lives, whatever the channel lets through. */
const LENGTH = 12

/** What it opens: an account of a person on the staff, a desk's group, a second channel of a conversation. */
export type SingleUse = { office: string; opens: Opens; whose: string }

/**
 * A word that opens one thing once, within `hours`. It is shown to whoever asked and kept only as a keyed hash. What was
 * issued before for the same thing is void.
 */
export async function issueCode(
  on: Queryable,
  sealing: Sealing,
  { office, opens, whose }: SingleUse,
  hours: number,
): Promise<string> {
  let code = ''
  for (let n = 0; n < LENGTH; n++) code += ALPHABET[randomInt(32)]
  await on.query(
    `with void as (delete from single_use where (office = $2 and opens = $3 and whose = $4) or expires_at < now())
     insert into single_use (hash, office, opens, whose, expires_at)
     values ($1, $2, $3, $4, now() + $5 * interval '1 hour')`,
    [sealing.hash('single use', office, opens, code), office, opens, whose, hours],
  )
  return code
}

// As with links to sign in: of words made at the same moment the last one is good, and takes the others along.
const SPEND = `
delete from single_use where (office, opens, whose) = (
  select w.office, w.opens, w.whose from single_use w where w.hash = $1 and w.expires_at > now() and not exists (
    select 1 from single_use o where o.office = w.office and o.opens = w.opens and o.whose = w.whose
      and (o.expires_at, o.hash) > (w.expires_at, w.hash)))
returning whose`

/** Whose it is; undefined when it is none, was used or is too old. Afterwards it opens nothing any more. */
export async function spendCode(
  on: Queryable,
  sealing: Sealing,
  { office, opens, code }: { office: string; opens: Opens; code: string },
): Promise<string | undefined> {
  const typed = code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  const hash = sealing.hash('single use', office, opens, typed)
  const { rows } = await on.query<{ whose: string }>(SPEND, [hash])
  return rows[0]?.whose
}
