/** What became of the reports of one kind in one whole month. */
export type Counted = {
  month: string
  kind: string
  received: number
  in_time: number
  late: number
  ended: number
}

/** The same for everybody to read: null is a number that is not told. */
export type Told = { month: string; kind: string } & Record<
  'received' | 'in_time' | 'late' | 'ended',
  number | null
>

/** A count of one to four may tell of somebody. */
export const LEAST = 5

/**
 * Figures in which nobody can be found. A number is told only when it is none or at least five, and when what is left of the whole
 * beside it is as well: from "12 received, 9 in time" anybody could subtract. There are no sums over kinds or months, since with
 * one of them the hidden ones would follow from the others.
 */
export function hideSmall(rows: readonly Counted[]): Told[] {
  return rows.map(({ month, kind, received, in_time, late, ended }) => {
    const isTold = isLarge(received)
    const answered = isTold && [in_time, late, received - in_time - late].every(isLarge)
    const over = isTold && [ended, received - ended].every(isLarge)
    // Two ways of dividing one whole must not be laid over each other: the smaller piece would show.
    const both = answered && over && [in_time, late].every(part => isLarge(Math.abs(part - ended)))
    return {
      month,
      kind,
      received: isTold ? received : null,
      in_time: answered ? in_time : null,
      late: answered ? late : null,
      ended: both ? ended : null,
    }
  })
}

function isLarge(count: number): boolean {
  return count === 0 || count >= LEAST
}
