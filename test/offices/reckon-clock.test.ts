import { describe, expect, it } from 'vitest'
import { reckonClock } from '../../src/offices/reckon-clock.ts'
import { timeIn, ZONES } from '../helpers/clock-houses.ts'
import { at } from '../helpers/clock-line.ts'

const time = timeIn(ZONES.WIB)
type Rule = Parameters<typeof reckonClock>[1]
const working = (days: number): Rule => ({ days, unit: 'working' })
const calendar = (days: number): Rule => ({ days, unit: 'calendar' })
const dueOf = (rule: Rule, ...turns: string[]) => reckonClock(time, rule, turns.map(at)).due

describe('a clock is due', () => {
  it.each([
    ['2026-11-23T09:00', working(1), '2026-11-24', '16:00', 'received in hours'],
    ['2026-11-23T20:00', working(1), '2026-11-24', '16:00', 'received after hours'],
    [
      '2026-11-23T06:00',
      working(1),
      '2026-11-24',
      '16:00',
      'received before hours: it counts from the next day',
    ],
    ['2026-11-20T09:00', working(5), '2026-11-27', '16:30', 'on a Friday, which ends later'],
    ['2026-03-17T09:00', working(1), '2026-03-25', '16:00', 'after the whole of Lebaran'],
    ['2026-02-20T09:00', working(5), '2026-02-27', '15:30', 'on a Friday in Ramadan'],
    ['2026-11-23T09:00', calendar(60), '2027-01-22', '16:30', 'in calendar days, with the hours of the last'],
    ['2026-11-23T09:00', calendar(5), '2026-11-28', '24:00', 'in calendar days on a Saturday, with the day'],
  ])('%s and %o: %s at %s, %s', (received, rule, day, closes) => {
    const due = dueOf(rule, received)
    const end = closes === '24:00' ? at(`2026-11-29T00:00`) : at(`${day}T${closes}`)
    expect(due).toEqual({ day, at: end })
  })

  it('never, while it rests before its time is over', () => {
    expect(dueOf(working(5), '2026-11-23T09:00', '2026-11-24T09:00')).toBeNull()
    expect(dueOf(working(1), '2026-11-23T09:00', '2026-11-26T09:00')?.day).toBe('2026-11-24')
  })

  it('no earlier for being stopped and set going before it began to count', () => {
    const midnight = '2026-11-23T00:00'
    expect(dueOf(working(1), midnight, midnight, midnight)).toEqual(dueOf(working(1), midnight))
  })
})
