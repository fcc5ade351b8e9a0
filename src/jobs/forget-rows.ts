import { setTimeout as pause } from 'node:timers/promises'
import { type Keeping, USUAL_DAYS } from '../offices/keeping-days.ts'
import type { Db } from '../records/db.ts'
import { noteGone } from '../records/forgotten.ts'
import { lastBefore } from '../records/last-before.ts'
import { BEFORE, KEPT, type KeptRows, withDays } from './kept-rows.ts'

/** Rows of one transaction: some 30 ms, which nobody who writes notices. */
export const TOGETHER = 2000

/** What `withDays` and `BEFORE` need to know. */
export function daysOf(kept: KeptRows, keeping: Keeping): [string[], number[], number] {
  const offices = [...keeping.keys()]
  const days = [...keeping.values()].map(of => of[kept.class])
  return [offices, days, USUAL_DAYS[kept.class]]
}

/** Takes away what is over, a few at a time and each time for good; how many they were. */
export async function forgetRows(db: Db, kept: KeptRows, keeping: Keeping): Promise<number> {
  const { key, table, moment } = kept
  const text = `with over as (
      select ${key.map(name => `r.${name}`).join(', ')} from ${withDays(kept)} where ${kept.over(BEFORE)}
      limit $4 for update of r skip locked
    ), gone as (
      delete from ${table} r using over o where ${key.map(name => `r.${name} = o.${name}`).join(' and ')}
      returning r.office, ${moment} as at
    ), noted as (${noteGone(kept.class)})
    select count(*)::int as count from gone`
  return inTurn(db, async () => {
    const { rows } = await db.pool.query<{ count: number }>(text, [...daysOf(kept, keeping), TOGETHER])
    return rows[0]?.count ?? 0
  })
}

// What is counted of them stays: turns heard, messages said.
const COUNTS = {
  inbox: { heard: 'count(*) filter (where turn is not null)', said: '0' },
  outbox: { heard: '0', said: 'count(*)' },
}

/**
 * The same for what was heard and said: by the primary key from the oldest on, up to what is too young at every office, so that
 * nothing but what goes is looked at.
 */
export async function forgetSaid(db: Db, name: 'heard' | 'said', keeping: Keeping): Promise<number> {
  const kept = KEPT[name]
  const { table, moment } = kept
  const column = moment.replace('r.', '')
  const turn = table === 'inbox' ? 'i.turn' : 'i.seq as turn'
  const text = `with over as (
      select r.id from ${withDays(kept)} where r.id > $4 and r.id <= $5 and ${kept.over(BEFORE)}
      order by r.id limit $6 for update of r skip locked
    ), gone as (
      delete from ${table} i using over where i.id = over.id returning i.id, i.office, i.channel, i.${column} as at, ${turn}
    ), counted as (
      insert into said_counts (office, channel, day, heard, said)
      select office, channel, (at at time zone 'UTC')::date, ${COUNTS[table].heard}, ${COUNTS[table].said}
      from gone group by 1, 2, 3 order by 1, 2, 3
      on conflict (office, channel, day) do update
        set heard = said_counts.heard + excluded.heard, said = said_counts.said + excluded.said
    ), noted as (${noteGone(kept.class)})
    select count(*)::int as count, max(id) as last from gone`
  const [offices, days, usual] = daysOf(kept, keeping)
  const end = await lastBefore(db.pool, { table, moment: column, days: Math.min(usual, ...days) })
  let from = 0
  return inTurn(db, async () => {
    const { rows } = await db.pool.query<{ count: number; last: number | null }>(text, [
      offices,
      days,
      usual,
      from,
      end,
      TOGETHER,
    ])
    from = rows[0]?.last ?? from
    return rows[0]?.count ?? 0
  })
}

/** After each turn so many times as long as it took: what goes is in nobody's way, who writes and vacuum are. */
const [REST, LONGEST_REST_MS] = [2, 1000]

/** Waits after a transaction that began then. */
export function restAfter(began: number): Promise<void> {
  return pause(Math.min(REST * (performance.now() - began), LONGEST_REST_MS))
}

/** Until a turn finds less than it could have taken, or we are stopped: what is left goes the next time. */
export async function inTurn(
  db: Db,
  take: () => Promise<number>,
  together: number = TOGETHER,
): Promise<number> {
  let all = 0
  for (;;) {
    if (db.pool.ending) return all
    const began = performance.now()
    const count = await take()
    all += count
    if (count < together) return all
    await restAfter(began)
  }
}
