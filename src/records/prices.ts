import type { Outcome } from '../channels/channel.ts'
import type { Queryable } from './db.ts'
import { hashOfMessage } from './look-up.ts'
import type { Sealing } from './sealing.ts'

/** Meta repeats what it tells for 7 days; message ids are kept for 30 (design §5). */
const KEPT_DAYS = 30

// One row each message told of for the first time; totals are counted from these alone.
const NOTE = `
with told as (
  select distinct on (hash) * from unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[])
    as t(hash, office, channel, month, category, type, billable)
), fresh as (
  insert into priced_messages (message_hash, noted_on) select hash, current_date from told order by hash
  on conflict do nothing returning message_hash
), counted as (
  select t.office, t.channel, t.month, t.category, t.type, t.billable, count(*)::int as messages
  from told t join fresh f on f.message_hash = t.hash group by 1, 2, 3, 4, 5, 6
), added as (
  insert into prices (office, channel, month, category, type, billable, messages)
  select * from counted order by 1, 2, 3, 4, 5, 6
  on conflict (office, channel, month, category, type, billable) do update set messages = prices.messages + excluded.messages
)
select coalesce(sum(messages) filter (where billable), 0)::int as charged from counted`

/**
 * Counts what platforms charged, each message once however often it is told: by the id the platform gives it, as a keyed hash. Gives
 * how many new ones are charged for.
 */
export async function notePrices(
  on: Queryable,
  sealing: Sealing,
  outcomes: readonly Outcome[],
): Promise<number> {
  const told = outcomes.flatMap(({ office, channel, ref, key, price, at }) => {
    const id = ref ?? key
    if (price === undefined || id === undefined) return []
    const month = at.toISOString().slice(0, 7)
    return [
      { ...price, office, channel, month, hash: hashOfMessage(sealing, office, `${channel}/priced`, id) },
    ]
  })
  if (told.length === 0) return 0
  const { rows } = await on.query<{ charged: number }>({
    name: 'note-prices',
    text: NOTE,
    values: [
      told.map(({ hash }) => hash),
      told.map(({ office }) => office),
      told.map(({ channel }) => channel),
      told.map(({ month }) => month),
      told.map(({ category }) => category),
      told.map(({ type }) => type),
      told.map(({ billable }) => billable),
    ],
  })
  return rows[0]?.charged ?? 0
}

/** One month's messages of one kind, as their platform counted them; the month is UTC's, as 2026-11, `category` the platform's own word. */
export type Charge = { channel: string; month: string; category: string; charged: number; free: number }

/** The last twelve months that have any, newest first. */
export async function chargesOf(on: Queryable, office: string): Promise<Charge[]> {
  const { rows } = await on.query<Charge>(
    `select channel, month, category, coalesce(sum(messages) filter (where billable), 0)::int as charged,
       coalesce(sum(messages) filter (where not billable), 0)::int as free
     from prices where office = $1 and month > to_char(now() at time zone 'UTC' - interval '12 months', 'YYYY-MM')
     group by 1, 2, 3 order by 2 desc, 1, 4 desc, 3`,
    [office],
  )
  return rows
}

/** Forgets which messages were counted, once nobody repeats what was told of them. */
export async function forgetPriced(on: Queryable): Promise<number> {
  const { rowCount } = await on.query('delete from priced_messages where noted_on < current_date - $1::int', [
    KEPT_DAYS,
  ])
  return rowCount ?? 0
}
