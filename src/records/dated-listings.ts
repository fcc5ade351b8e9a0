import type { Queryable } from './db.ts'
import type { DatedKind } from './listing-dates.ts'

/** A listing with a date to come. */
export type Dated = { kind: DatedKind; id: string; title: string; due: Date; zone: string }

/**
 * Listings of an office that stand and whose date is to come, the nearest first: those in whose name, unit or place every word is found,
 * or all without words. `examples`: also those marked (contoh).
 */
export async function datedListings(
  on: Queryable,
  office: string,
  words: readonly string[],
  { now, most, examples }: { now: Date; most: number; examples: boolean },
): Promise<Dated[]> {
  const { rows } = await on.query<Dated>({
    name: 'dated-listings',
    text: `select * from (
        select 'vacancy' as kind, id, position as title, closes_at as due, zone, position || ' ' || unit || ' ' || kind as said
        from vacancies where office = $1 and approved_by is not null and withdrawn is null and closes_at > $2
        union all
        select 'stage', id, name, case when starts_at > $2 then starts_at else ends_at end, zone, name || ' ' || kind
        from stages where office = $1 and approved_by is not null and withdrawn is null and ends_at > $2
        union all
        select 'agenda', id, title, starts_at, zone, title || ' ' || venue || ' ' || coalesce(district, '')
        from agenda_items where office = $1 and approved_by is not null and withdrawn is null and starts_at > $2
      ) as dated
      where ($5 or strpos(title, '(contoh)') = 0) and (select bool_and(strpos(lower(said), word) > 0) from unnest($3::text[]) as w(word)) is not false
      order by due limit $4`,
    values: [office, now, words, most, examples],
  })
  return rows
}
