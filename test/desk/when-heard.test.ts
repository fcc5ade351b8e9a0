import { expect, it } from 'vitest'
import { whenHeard } from '../../src/desk/when-heard.ts'
import { at } from '../helpers/clock-line.ts'
import { houses } from '../helpers/line.ts'

const house = houses.houses.get('lhokseumawe')
if (house === undefined) throw new Error('the office is missing')

it.each([
  ['a Saturday', '2026-11-21T20:00', 'Senin, 23 November 2026 pukul 07.30 WIB (jam contoh)'],
  ['before opening', '2026-11-23T06:00', 'Senin, 23 November 2026 pukul 07.30 WIB (jam contoh)'],
  ['the break', '2026-11-23T12:30', 'Senin, 23 November 2026 pukul 13.00 WIB (jam contoh)'],
  ['a Friday evening', '2026-11-27T18:00', 'Senin, 30 November 2026 pukul 07.30 WIB (jam contoh)'],
  ['Christmas Eve night', '2026-12-24T23:00', 'Senin, 28 Desember 2026 pukul 07.30 WIB (jam contoh)'],
])('%s: the next opening, marked as what it is', (_what, local, when) => {
  expect(whenHeard(house, at(local), 'id')).toBe(when)
})

it('is nothing while the office is open, and English for who speaks it', () => {
  expect(whenHeard(house, at('2026-11-23T09:00'), 'id')).toBeUndefined()
  expect(whenHeard(house, at('2026-11-21T20:00'), 'en')).toBe(
    'Monday, 23 November 2026 at 07.30 WIB (example hours)',
  )
})

it('drops the mark once the office has confirmed its hours, and marks a year nobody entered', () => {
  const hours = { ...house.calendar.hours, confirmed: true }
  const confirmed = { ...house, office: { ...house.office, hours } }
  expect(whenHeard(confirmed, at('2026-11-21T20:00'), 'id')).toBe('Senin, 23 November 2026 pukul 07.30 WIB')
  expect(whenHeard(confirmed, at('2035-01-06T20:00'), 'id')).toContain('(perkiraan)')
})
