import fc from 'fast-check'
import { type Counted, hideSmall, LEAST, type Told } from '../../src/portal/figures/hide-small.ts'
import { type Check, size } from './check.ts'

type Cell = 'received' | 'in_time' | 'late' | 'rest' | 'ended' | 'going' | 'lateEnded'
type Bounds = Record<Cell, [number, number]>

/**
 * Guarantee T36: `--sets` made-up years of figures, each read by somebody who lays everything that is told beside everything else
 * and narrows every number down as far as it goes. No count of one to four may come out, told or reckoned. The control hides
 * small cells alone and tells the rest, as a first thought would.
 */
export const check: Check = {
  async run(flags) {
    const sets = size(flags, 'sets', 1000)
    const years = fc.sample(fc.array(counted, { minLength: 1, maxLength: 48 }), { numRuns: sets, seed: 36 })
    const found = (hide: (rows: Counted[]) => Told[]) =>
      years.reduce((sum, rows) => sum + hide(rows).reduce((all, told) => all + derived(told), 0), 0)
    const told = years.reduce(
      (sum, rows) => sum + hideSmall(rows).filter(row => row.received !== null).length,
      0,
    )
    const [derivable, controlDerivable] = [found(hideSmall), found(hideCells)]
    return {
      totals: {
        sets,
        cells: years.reduce((sum, rows) => sum + rows.length, 0),
        told,
        derivable,
        controlDerivable,
      },
      ok: derivable === 0 && controlDerivable > 0 && told > 0,
    }
  },
}

const small = fc.integer({ min: 0, max: 12 })
/** Mostly small numbers: that is where it may go wrong. */
const counted: fc.Arbitrary<Counted> = fc
  .record({ in_time: small, late: small, rest: small, share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ in_time, late, rest, share }) => {
    const received = in_time + late + rest
    return {
      month: '2026-10',
      kind: 'complaint',
      received,
      in_time,
      late,
      ended: Math.round(share * received),
    }
  })

/** Each cell for itself, which leaves the others to be subtracted. */
function hideCells(rows: Counted[]): Told[] {
  const hide = (count: number) => (count === 0 || count >= LEAST ? count : null)
  return rows.map(({ month, kind, received, in_time, late, ended }) => ({
    month,
    kind,
    received: hide(received),
    in_time: hide(in_time),
    late: hide(late),
    ended: hide(ended),
  }))
}

/** How many counts of one to four follow from one row: by interval reckoning over all that must add up, until nothing narrows. */
function derived(told: Told): number {
  const most = told.received ?? 60
  const known = (value: number | null): [number, number] => (value === null ? [0, most] : [value, value])
  const bounds: Bounds = {
    received: known(told.received),
    in_time: known(told.in_time),
    late: known(told.late),
    rest: [0, most],
    ended: known(told.ended),
    going: [0, most],
    lateEnded: [0, most],
  }
  const sums: [Cell, Cell[]][] = [
    ['received', ['in_time', 'late', 'rest']],
    ['received', ['ended', 'going']],
  ]
  for (let changed = true; changed; ) {
    changed = false
    for (const [whole, parts] of sums) changed = narrow(bounds, whole, parts) || changed
    changed = overlap(bounds) || changed
  }
  return Object.values(bounds).filter(([low, high]) => low === high && low > 0 && low < LEAST).length
}

/** whole = the sum of its parts. */
function narrow(bounds: Bounds, whole: Cell, parts: Cell[]): boolean {
  const sum = (end: 0 | 1, but?: Cell) =>
    parts.filter(part => part !== but).reduce((all, part) => all + bounds[part][end], 0)
  let changed = tighten(bounds, whole, sum(0), sum(1))
  for (const part of parts) {
    const [low, high] = bounds[whole]
    changed = tighten(bounds, part, low - sum(1, part), high - sum(0, part)) || changed
  }
  return changed
}

/** Late and ended at once: as many as have no room elsewhere, at most as many as the smaller. */
function overlap(bounds: Bounds): boolean {
  const { late, ended, received } = bounds
  return tighten(bounds, 'lateEnded', late[0] + ended[0] - received[1], Math.min(late[1], ended[1]))
}

function tighten(bounds: Bounds, cell: Cell, low: number, high: number): boolean {
  const [from, to] = bounds[cell]
  const next: [number, number] = [Math.max(from, low), Math.min(to, high)]
  bounds[cell] = next
  return next[0] !== from || next[1] !== to
}
