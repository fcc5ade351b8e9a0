import type { ClockNotice } from '../desk/notice-text.ts'
import { MINUTE_MS } from '../lib/wall-time.ts'
import { isOpen, nextOpening, type WorkingTime } from '../lib/working-time.ts'
import type { Escalation } from '../offices/clock-rules.ts'
import { isRestrictedDesk } from '../offices/desk-for.ts'
import type { House } from '../offices/house.ts'
import { officeTime } from '../offices/office-time.ts'
import { type Reckoned, reckonClock } from '../offices/reckon-clock.ts'
import type { ClockRow, ClockState } from '../records/ticket-clocks.ts'

/** What is written this shortly before closing could be read after it: the line and its platforms need their time. */
const LAST_MINUTES = 5

/** A notice and whom it goes to. `key` is unique for ever: the same step of the same promise is told once. */
export type Told = { desk: string; ticketId: string; key: string; notice: ClockNotice }

export type Looked = { state: ClockState; told: Told[] }

/** The moment itself when a notice may be written then, otherwise the next one at which it may. */
export function nextSending(time: WorkingTime, at: Date): Date {
  const open = nextOpening(time, at)
  const soon = new Date(open.getTime() + LAST_MINUTES * MINUTE_MS)
  return isOpen(time, soon) ? open : nextOpening(time, soon)
}

/** Whether notices may be written now. */
export function maySend(time: WorkingTime, now: Date): boolean {
  return nextSending(time, now).getTime() === now.getTime()
}

/** Where a clock stands, or undefined when nothing can come due: it rests, or its rule or its ticket is over. */
export function standing({ office, calendar }: House, row: ClockRow): Reckoned | undefined {
  const rule = office.clocks.find(({ name }) => name === row.rule)
  if (rule === undefined || row.done || row.ended || row.turns.length % 2 === 0) return undefined
  return reckonClock(officeTime(office, calendar), rule, row.turns)
}

/**
 * One clock, now: the steps of the escalation it has come to, as notices, and when to look again. While notices may not be
 * written it is looked at again at the next time they may. Of several steps missed at once each desk hears the last.
 */
export function lookAtClock(house: House, row: ClockRow, now: Date): Looked {
  const { ticket_id, name, stage, moved_from } = row
  const clock = standing(house, row)
  const day = clock?.due?.day ?? null
  const kept = { ticket_id, name, done: row.done || row.ended, stage, due: day }
  if (clock === undefined || day === null)
    return { state: { ...kept, moved_from: null, nextAt: null }, told: [] }

  const time = officeTime(house.office, house.calendar)
  const steps = house.office.escalation?.steps ?? []
  const reached = stepsReached(clock, steps, now)
  const waits = reached > stage || moved_from !== null
  if (waits && !maySend(time, now))
    return { state: { ...kept, moved_from, nextAt: nextSending(time, now) }, told: [] }

  const next = steps[Math.max(reached, stage)]
  const at = next === undefined ? null : clock.momentOf(next.after)
  return {
    state: {
      ...kept,
      stage: Math.max(reached, stage),
      moved_from: null,
      nextAt: at === null ? null : nextSending(time, at > now ? at : now),
    },
    told: [
      ...(moved_from === null ? [] : [movedOf(row, moved_from, day)]),
      ...marksOf(house, row, steps.slice(stage, reached), day),
    ],
  }
}

/** How many steps of the escalation a clock has come to. */
export function stepsReached(clock: Reckoned, steps: Escalation['steps'], now: Date): number {
  const ahead = steps.findIndex(({ after }) => {
    const at = clock.momentOf(after)
    return at === null || at > now
  })
  return ahead === -1 ? steps.length : ahead
}

function movedOf(row: ClockRow, from: string, due: string): Told {
  const notice: ClockNotice = { what: 'moved', code: row.code, clock: row.name, from, due }
  return { desk: row.desk, ticketId: row.ticket_id, key: keyOf(row, due, 'moved'), notice }
}

/** The last step for each desk. What is at the restricted desk is told there alone: nobody else may learn that it exists. */
function marksOf({ office }: House, row: ClockRow, steps: Escalation['steps'], due: string): Told[] {
  const byDesk = new Map<string, Told>()
  for (const { after: mark, to } of steps) {
    const desk = to === 'own' || isRestrictedDesk(office, row.desk) ? row.desk : to
    const at = desk === row.desk ? '' : (office.desks[row.desk]?.name ?? row.desk)
    const notice: ClockNotice = {
      what: 'mark',
      code: row.code,
      clock: row.name,
      due,
      mark,
      isTaken: row.taken,
      at,
    }
    byDesk.set(desk, {
      desk,
      ticketId: row.ticket_id,
      key: keyOf(row, due, JSON.stringify(mark)),
      notice,
    })
  }
  return [...byDesk.values()]
}

function keyOf({ ticket_id, name, turns }: ClockRow, due: string, what: string): string {
  return `${ticket_id}/${name}/${turns[0]?.getTime()}/${due}/${what}`
}
