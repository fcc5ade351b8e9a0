import { Secret, TOTP } from 'otpauth'
import { LIMITS } from '../lib/limits.ts'
import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'

/** As every authenticator app knows it: SHA-1, six digits, thirty seconds. */
const STEP_SECONDS = 30
/** Wrong digits before nobody may guess for a while: of a million, ten. */
const TRIES = LIMITS.factorTries.most
const LOCKED_MINUTES = 15

type Whose = { id: string; name: string; office: string }
type Row = { secret: Buffer; wrapped_key: Buffer; last_step: number; confirmed: boolean }

/** Whether this person has set one up. */
export async function hasSecondFactor(on: Queryable, staffId: string): Promise<boolean> {
  const { rowCount } = await on.query(
    'select 1 from second_factors where staff_id = $1 and confirmed_at is not null',
    [staffId],
  )
  return rowCount === 1
}

/**
 * A secret of their own as `otpauth://` address, for the app to read. While it was never confirmed the same one is given again, so
 * that a page that is read twice shows what the app already has. Undefined once one is confirmed.
 */
export async function beginSecondFactor(
  on: Queryable,
  sealing: Sealing,
  who: Whose,
): Promise<string | undefined> {
  const { rows: owners } = await on.query<{ wrapped_key: Buffer }>(
    'select wrapped_key from staff where id = $1',
    [who.id],
  )
  const wrapped = owners[0]?.wrapped_key
  if (wrapped === undefined) return undefined
  const key = sealing.unwrap(wrapped, `staff.${who.id}`)
  const fresh = new Secret({ size: 20 }).base32
  const { rows } = await on.query<{ secret: Buffer; confirmed_at: Date | null }>(
    `insert into second_factors (staff_id, secret) values ($1, $2)
     on conflict (staff_id) do update set tries = second_factors.tries
     returning secret, confirmed_at`,
    [who.id, sealing.seal(key, `second_factors.secret.${who.id}`, fresh)],
  )
  const [row] = rows
  if (row === undefined || row.confirmed_at !== null) return undefined
  return totpOf(sealing.open(key, `second_factors.secret.${who.id}`, row.secret), who).toString()
}

/** Whether these are the right digits now. A try is counted before it is looked at, and the same digits are right once. */
export async function checkSecondFactor(
  on: Queryable,
  sealing: Sealing,
  staffId: string,
  digits: string,
  now: Date,
): Promise<'right' | 'wrong' | 'locked' | 'none'> {
  const { rows } = await on.query<Row>(
    `update second_factors f set
       tries = case when f.locked_until <= $2 then 1 else f.tries + 1 end,
       locked_until = case when f.locked_until <= $2 then null
         when f.tries + 1 >= $3 then $2::timestamptz + $4 * interval '1 minute' else f.locked_until end
     from staff s
     where f.staff_id = $1 and s.id = f.staff_id and s.left_at is null and (f.locked_until is null or f.locked_until <= $2)
     returning f.secret, s.wrapped_key, f.last_step, f.confirmed_at is not null as confirmed`,
    [staffId, now, TRIES, LOCKED_MINUTES],
  )
  const [row] = rows
  if (row === undefined) {
    const { rowCount } = await on.query('select 1 from second_factors where staff_id = $1', [staffId])
    return rowCount === 1 ? 'locked' : 'none'
  }
  const key = sealing.unwrap(row.wrapped_key, `staff.${staffId}`)
  const totp = totpOf(sealing.open(key, `second_factors.secret.${staffId}`, row.secret))
  const delta = totp.validate({ token: digits.replace(/\D/g, ''), timestamp: now.getTime(), window: 1 })
  if (delta === null) return 'wrong'
  const step = Math.floor(now.getTime() / 1000 / STEP_SECONDS) + delta
  const { rowCount } = await on.query(
    `update second_factors set tries = 0, locked_until = null, last_step = $2, confirmed_at = coalesce(confirmed_at, $3)
     where staff_id = $1 and last_step < $2`,
    [staffId, step, now],
  )
  return rowCount === 1 ? 'right' : 'wrong'
}

/** Somebody lost their phone: they set up another. */
export async function forgetSecondFactor(on: Queryable, staffId: string): Promise<void> {
  await on.query('delete from second_factors where staff_id = $1', [staffId])
}

function totpOf(secret: string, who?: Whose): TOTP {
  return new TOTP({
    issuer: 'Balai',
    label: who === undefined ? 'Balai' : `${who.name} (${who.office})`,
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
    secret: Secret.fromBase32(secret),
  })
}
