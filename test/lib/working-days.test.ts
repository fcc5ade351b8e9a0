import { describe, expect, it } from 'vitest'
import { addWorkingDays, isDay } from '../../src/lib/working-days.ts'
import { isWorkingDay } from '../../src/lib/working-time.ts'
import { isKnown } from '../../src/offices/calendar.ts'
import { formatDue } from '../../src/offices/due-date.ts'
import { loadCalendar } from '../../src/offices/load-calendar.ts'
import { officeTime } from '../../src/offices/office-time.ts'
import { house } from '../helpers/clock-houses.ts'

const calendar = loadCalendar('flows')
const time = officeTime(house('lhokseumawe').office, calendar)

describe('working days', () => {
  it.each([
    ['2026-11-20', 1, '2026-11-23', 'from Friday to Monday'],
    ['2026-11-22', 5, '2026-11-27', 'from Sunday through a whole week'],
    ['2026-12-23', 1, '2026-12-28', 'over joint leave, Christmas and a weekend'],
    ['2026-08-14', 1, '2026-08-18', 'over Independence Day'],
  ])('%s and %i more is %s: %s', (from, days, due) =>
    expect(addWorkingDays(day => isWorkingDay(time, day), from, days)).toBe(due),
  )

  it('know the 25 closed days of 2026 and nothing of 2027, whose dates are shown as estimates', () => {
    expect(calendar.closed.size).toBe(25)
    expect(isWorkingDay(time, '2026-03-20')).toBe(false)
    expect(isKnown(calendar, '2027-01-04')).toBe(false)
    expect(formatDue(calendar, '2027-01-04', 'id')).toBe('4 Januari 2027 (perkiraan)')
  })
})

it.each([
  ['2026-11-21', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['2026-99-99', false],
  ['2026-1-1', false],
  ['+02026-11-21', false],
  ['0000-01-01', false],
])('%s is a day: %s', (text, is) => expect(isDay(text)).toBe(is))
