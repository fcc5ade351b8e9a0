import { LIMITS } from '../lib/limits.ts'
import { Refusal } from '../lib/refusal.ts'

/** Rows of a table made for somebody who asks over HTTP. */
export const MOST_ROWS = LIMITS.allTableRows.most

/** How many to ask the records for: one more than may come shows that there are more. Null: all. */
export function askFor(most: number | undefined): number | null {
  return most === undefined ? null : most + 1
}

/** Throws a Refusal when more came than may: half a table would be taken for the whole. */
export function refuseMore(found: number, most: number | undefined): void {
  if (most === undefined || found <= most) return
  throw new Refusal(
    `There are more than ${most} rows. Your move: fewer days, or npm run export on the server.`,
  )
}
