import type { Queryable } from './db.ts'
import { lastListingChange } from './listing-changes.ts'

/**
 * Up to which change of its listings an office's citizens were told, locked until the end of the transaction; undefined while another
 * process has it. What was there before anybody could be told is no news.
 */
export async function toldUpTo(on: Queryable, office: string): Promise<number | undefined> {
  const there = await on.query<{ number: string }>(
    'select number from told_changes where office = $1 for update skip locked',
    [office],
  )
  if (there.rows[0] !== undefined) return Number(there.rows[0].number)
  const last = await lastListingChange(on)
  const { rowCount } = await on.query(
    'insert into told_changes (office, number) values ($1, $2) on conflict do nothing',
    [office, last],
  )
  return rowCount === 1 ? last : undefined
}

export async function nowTold(on: Queryable, office: string, number: number): Promise<void> {
  await on.query('update told_changes set number = $2 where office = $1', [office, number])
}
