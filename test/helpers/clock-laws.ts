import fc from 'fast-check'
import { nextSending } from '../../src/jobs/look-at-clock.ts'
import { wallTime } from '../../src/lib/wall-time.ts'
import { add, between, hoursOf, isOpen, isWorkingDay, type WorkingTime } from '../../src/lib/working-time.ts'
import { reckonClock } from '../../src/offices/reckon-clock.ts'

/** What is measured and added; a control brings its own. */
export type Measure = { between: typeof between; add: typeof add }
export const OURS: Measure = { between, add }

/** What is often done instead: hours of each piece, rounded, as if every day had its seven and a half. */
export const NAIVE: Measure = {
  between: (_time, from, to) => Math.round((to.getTime() - from.getTime()) / 3_600_000 / 3.2) * 60,
  add: (_time, from, minutes) => new Date(from.getTime() + minutes * 3.2 * 60_000),
}

const FROM = Date.parse('2025-12-20T00:00:00Z')
const TO = Date.parse('2027-01-10T00:00:00Z')
const moment = fc.integer({ min: FROM / 1000, max: TO / 1000 }).map(second => new Date(second * 1000))
const moments = (count: number) =>
  fc
    .array(moment, { minLength: count, maxLength: count })
    .map(all => all.toSorted((a, b) => a.getTime() - b.getTime()))
const minutes = fc.integer({ min: 0, max: 40_000 })
const rule = fc.record({
  days: fc.integer({ min: 1, max: 60 }),
  unit: fc.constantFrom('working' as const, 'calendar' as const),
})
const EPOCH = new Date(0)

/** `costly`: one try of it counts days minute by minute. */
export type Law = { name: string; costly: boolean; holds: fc.IProperty<unknown> }
const COUNTED = 'minutes are those one can count'
const law = <T>(name: string, of: fc.Arbitrary<T>, holds: (value: T) => boolean): Law => ({
  name,
  costly: name === COUNTED,
  holds: fc.property(of, holds) as fc.IProperty<unknown>,
})

/** What must hold of any working time, by whatever measures it. */
export function lawsOfTime(time: WorkingTime, measure: Measure = OURS): Law[] {
  return [
    law('an interval split anywhere gives the same sum', moments(4), all => {
      const [a = EPOCH, b = EPOCH, c = EPOCH, d = EPOCH] = all
      const pieces = [measure.between(time, a, b), measure.between(time, b, c), measure.between(time, c, d)]
      return measure.between(time, a, d) === pieces.reduce((sum, piece) => sum + piece, 0)
    }),
    law(
      'what was added is measured',
      fc.tuple(moment, minutes),
      ([from, n]) => measure.between(time, from, measure.add(time, from, n)) === n,
    ),
    law(
      'later is never less',
      fc.tuple(moments(2), minutes, minutes),
      ([[a = EPOCH, b = EPOCH], n, more]) => {
        const grows = measure.add(time, a, n) <= measure.add(time, a, n + more)
        return grows && measure.add(time, a, n) <= measure.add(time, b, n)
      },
    ),
    law(COUNTED, fc.tuple(moment, fc.integer({ min: 0, max: 4000 })), ([from, n]) => {
      const start = Math.floor(from.getTime() / 60_000) * 60_000
      let open = 0
      for (let minute = 0; minute < n; minute += 1)
        if (isOpen(time, new Date(start + minute * 60_000))) open += 1
      return measure.between(time, from, new Date(start + n * 60_000)) === open
    }),
  ]
}

/** What must hold of clocks that run in it. */
export function lawsOfClocks(time: WorkingTime): Law[] {
  const dueOf = (of: { days: number; unit: 'working' | 'calendar' }, turns: Date[]) =>
    reckonClock(time, of, turns).due
  return [
    law('working days end with the hours of a working day', fc.tuple(rule, moment), ([of, received]) => {
      const due = dueOf(of, [received])
      if (due === null || of.unit === 'calendar') return due !== null
      const closes = hoursOf(time, due.day)?.closes
      return isWorkingDay(time, due.day) && wallTime(time.zone, due.at).minute === closes
    }),
    law('a stop of no length changes nothing', fc.tuple(rule, moments(3)), ([of, all]) => {
      const [received = EPOCH, a = EPOCH, b = EPOCH] = all
      const due = dueOf(of, [received])
      return due?.at.getTime() === dueOf(of, [received, a, a, b, b])?.at.getTime()
    }),
    law('a pause never makes it due earlier', fc.tuple(rule, moments(3)), ([of, all]) => {
      const [received = EPOCH, stopped = EPOCH, went = EPOCH] = all
      const [before, after] = [dueOf(of, [received]), dueOf(of, [received, stopped, went])]
      return before !== null && after !== null && before.at <= after.at
    }),
    law('notices find open doors', moment, at => {
      const sending = nextSending(time, at)
      return sending >= at && isOpen(time, sending)
    }),
  ]
}
