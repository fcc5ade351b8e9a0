import { type Db, type Queryable, transaction } from './db.ts'
import { houseFact, noteFact } from './house-facts.ts'

/** Milliseconds by which the database's clock may go wrong without being touched: NTP slews less, and leases last 30 s. */
const SLACK_MS = 5_000
/** From here on a step forward is no forgotten summer: what is erased by the clock waits, see `erasingRests`. */
const LARGE_MS = 3_600_000
/** Hours in which somebody, or the time service, may notice that the clock is wrong. */
const REST_MS = 24 * 3_600_000

/**
 * The database's clock in milliseconds since 2020, as SQL. Not since 1970: it is noted down in words every few seconds, and no text of the
 * database is to show the second in which somebody reported anonymously.
 */
export const NOW_MS = '((extract(epoch from now())::float8 - 1577836800) * 1000)'

/** Where the database's clock stood when somebody last looked, in milliseconds; and its last large step forward. */
type Clock = { seen: number; stepped?: { at: number; byMs: number } }

/** What one process saw: the database's clock, and its own that never steps. Milliseconds. */
export type Sight = { now: number; monotonic: number }

// All that is under way keeps the time that was left to it. Moments people were promised (days, dates, reminders) stay what they are.
const STEP = "$1::float8 * interval '1 millisecond'"
const SHIFTS = [
  `update outbox set due_at = due_at + ${STEP}, lease_until = lease_until + ${STEP}, created_at = created_at + ${STEP}
   where status in ('waiting', 'sending')`,
  // What belongs to an anonymous report keeps the day alone.
  `update inbox set due_at = due_at + ${STEP},
     received_at = case when received_at = date_trunc('day', received_at) then received_at else received_at + ${STEP} end
   where status = 'pending'`,
  `update model_asks set lease_until = lease_until + ${STEP}, asked_at = asked_at + ${STEP} where status <> 'settled'`,
  `update conversations set wipe_after = wipe_after + ${STEP} where wipe_after is not null`,
  `update talks set begun_at = begun_at + ${STEP}, last_at = last_at + ${STEP}, waits_since = waits_since + ${STEP}`,
  `update sign_in_links set expires_at = expires_at + ${STEP}`,
  `update single_use set expires_at = expires_at + ${STEP}`,
  `update staff_sessions set begun_at = begun_at + ${STEP}, seen_at = seen_at + ${STEP}, proved_at = proved_at + ${STEP}`,
  `update second_factors set locked_until = locked_until + ${STEP} where locked_until is not null`,
  `update tickets set pin_locked_until = pin_locked_until + ${STEP} where pin_locked_until > now() - interval '2 days'`,
]

/**
 * Looks whether the database's clock has stepped since anybody last looked, and if so shifts what is under way along with it: leases,
 * retries, links and sessions last as long as they were meant to. One process does it, whoever comes first. `before` is what this
 * process saw last; without it a step forward looks like time in which nothing ran. Gives
 * the step in milliseconds that was shifted by, 0 for none; `own` is what this process saw, whoever shifted.
 */
export function lookAtClock(
  db: Db,
  before: Sight | undefined,
  monotonic: () => number,
): Promise<{ sight: Sight; stepMs: number; own: number }> {
  return transaction(db, async client => {
    // Two processes that look at once shift once.
    await client.query(`select 1 from house where name = 'clock' for update`)
    const seen = await clockOf(client)
    const sight = { now: await nowOf(client), monotonic: monotonic() }
    const stepMs = stepOf(seen, before, sight)
    if (stepMs !== 0) for (const shift of SHIFTS) await client.query(shift, [stepMs])
    const stepped = stepMs > LARGE_MS ? { at: sight.now, byMs: stepMs } : keptStep(seen, stepMs)
    await noteFact(client, 'clock', JSON.stringify({ seen: sight.now, ...(stepped && { stepped }) }))
    return { sight, stepMs, own: before === undefined ? stepMs : seenStep(before, sight) }
  })
}

function stepOf(seen: Clock | undefined, before: Sight | undefined, { now, monotonic }: Sight): number {
  if (seen === undefined) return 0
  if (before === undefined) return now < seen.seen - SLACK_MS ? now - seen.seen : 0
  const passed = monotonic - before.monotonic
  // Somebody else has looked since, and has shifted what there was to shift.
  const isTold = now >= seen.seen - SLACK_MS && now - seen.seen <= passed + SLACK_MS
  return isTold ? 0 : seenStep(before, { now, monotonic })
}

function seenStep(before: Sight, { now, monotonic }: Sight): number {
  const stepMs = now - before.now - (monotonic - before.monotonic)
  return Math.abs(stepMs) < SLACK_MS ? 0 : Math.round(stepMs)
}

/** A large step is over once the clock went back by as much: it was wrong, and is right again. */
function keptStep(seen: Clock | undefined, stepMs: number): Clock['stepped'] {
  const stepped = seen?.stepped
  return stepped !== undefined && stepMs < 0 && -stepMs > stepped.byMs / 2 ? undefined : stepped
}

/**
 * Whether what is erased by the clock rests, and since when: it stepped forward by hours, and if that was wrong a year of
 * reports would be gone before anybody looks. A day later it counts as right.
 */
export async function erasingRests(on: Queryable): Promise<{ byMs: number } | undefined> {
  const stepped = (await clockOf(on))?.stepped
  return stepped !== undefined && (await nowOf(on)) - stepped.at < REST_MS ? stepped : undefined
}

async function clockOf(on: Queryable): Promise<Clock | undefined> {
  const fact = await houseFact(on, 'clock')
  return fact === undefined ? undefined : (JSON.parse(fact) as Clock)
}

async function nowOf(on: Queryable): Promise<number> {
  const { rows } = await on.query<{ now: number }>(`select ${NOW_MS} as now`)
  return rows[0]?.now ?? 0
}
