import { createHash } from 'node:crypto'
import type { House } from '../offices/house.ts'
import { officeTime } from '../offices/office-time.ts'
import { type Db, transaction } from '../records/db.ts'
import { type ClockRow, type ClockState, openClocks, saveClocks } from '../records/ticket-clocks.ts'
import { lookAtClock, standing, stepsReached } from './look-at-clock.ts'

/** Tickets reckoned in one transaction: their rows are locked meanwhile. */
const AT_ONCE = 500
const FIRST = '00000000-0000-0000-0000-000000000000'

/**
 * Reckons every open clock of an office anew when what it goes by has changed: holidays, hours, closures, days, steps. True when
 * it did. A due day that moved is noted, and its desk told once; an escalation that went too far steps back.
 */
export async function reckonAnew(db: Db, house: House, now: Date): Promise<boolean> {
  const name = `clocks/${house.office.id}`
  const value = fingerprint(house)
  const { rowCount } = await db.pool.query('select 1 from house where name = $1 and value = $2', [
    name,
    value,
  ])
  if (rowCount === 1) return false
  for (let after: string | undefined = FIRST; after !== undefined; ) {
    const from: string = after
    after = await transaction(db, async client => {
      const rows = await openClocks(client, house.office.id, from, AT_ONCE)
      await saveClocks(
        client,
        rows.map(row => reckoned(house, row, now)),
      )
      return rows.at(-1)?.ticket_id
    })
  }
  await db.pool.query(
    'insert into house (name, value) values ($1, $2) on conflict (name) do update set value = $2',
    [name, value],
  )
  return true
}

function reckoned(house: House, row: ClockRow, now: Date): ClockState {
  const clock = standing(house, row)
  const day = clock?.due?.day ?? null
  if (clock === undefined || day === null) return lookAtClock(house, row, now).state
  const before = row.moved_from ?? row.due
  const moved_from = before === null || before === day ? null : before
  const stage = Math.min(row.stage, stepsReached(clock, house.office.escalation?.steps ?? [], now))
  const { state, told } = lookAtClock(house, { ...row, moved_from, stage }, now)
  // What is to be told is told by whoever looks next, in the transaction that says it was.
  return told.length === 0 ? state : { ...state, stage, moved_from, nextAt: now }
}

/** All that clocks of this office go by, as a short text that changes with any of it. */
function fingerprint({ office, calendar }: House): string {
  const time = officeTime(office, calendar)
  const closed = [...time.closed].toSorted()
  const rules = office.clocks.map(({ name, days, unit }) => ({ name, days, unit }))
  const parts = JSON.stringify([{ ...time, closed }, rules, office.escalation?.steps ?? []])
  return createHash('sha256').update(parts).digest('base64url')
}
