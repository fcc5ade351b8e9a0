import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wallTime } from '../../src/lib/wall-time.ts'
import { add, between, isOpen, nextOpening, spansOf } from '../../src/lib/working-time.ts'
import { timeIn, ZONES } from '../helpers/clock-houses.ts'
import { lawsOfClocks, lawsOfTime, NAIVE } from '../helpers/clock-laws.ts'

const time = timeIn(ZONES.WIB)
const at = (local: string) => new Date(`${local}:00+07:00`)

describe.each(Object.entries(ZONES))('working time in %s', (_name, zone) => {
  it.each([...lawsOfTime(timeIn(zone)), ...lawsOfClocks(timeIn(zone))])('$name', ({ holds }) =>
    expect(fc.check(holds, { numRuns: 150 }).counterexample).toBeNull(),
  )
})

it('is not measured by what is often done instead', () => {
  const failed = lawsOfTime(time, NAIVE).filter(({ holds }) => fc.check(holds, { numRuns: 100 }).failed)
  expect(failed.map(({ name }) => name)).toContain('an interval split anywhere gives the same sum')
})

describe('the hours', () => {
  const weekOf = (monday: number) =>
    Array.from({ length: 7 }, (_, n) => `2026-${monday > 1000 ? '11' : '02'}-${String((monday % 100) + n)}`)
  it.each([
    ['usual', weekOf(1123), 37.5],
    ['Ramadan', weekOf(223), 32.5],
  ])('of a %s week are those of Perpres 21/2023', (_name, days, hours) => {
    const minutes = days.flatMap(day => spansOf(time, day)).reduce((sum, [from, to]) => sum + to - from, 0)
    expect(minutes / 60).toBe(hours)
  })

  it.each([
    ['2026-11-23T07:29', false, 'before opening'],
    ['2026-11-23T07:30', true, 'at opening'],
    ['2026-11-23T12:30', false, 'at noon'],
    ['2026-11-23T16:00', false, 'at closing'],
    ['2026-11-27T12:30', false, 'on a Friday at the long noon'],
    ['2026-11-27T16:15', true, 'on a Friday that ends later'],
    ['2026-02-24T07:45', false, 'in Ramadan, half an hour later'],
    ['2026-02-24T15:10', false, 'in Ramadan, an hour earlier'],
    ['2026-11-22T10:00', false, 'on a Sunday'],
    ['2026-12-24T10:00', false, 'on joint leave'],
  ])('at %s are open: %s, %s', (local, open) => expect(isOpen(time, at(local))).toBe(open))

  it('go on after a break, a night and the holidays', () => {
    expect(nextOpening(time, at('2026-11-23T12:10'))).toEqual(at('2026-11-23T13:00'))
    expect(nextOpening(time, at('2026-12-23T16:00'))).toEqual(at('2026-12-28T07:30'))
    expect(between(time, at('2026-12-23T15:00'), at('2026-12-28T08:30'))).toBe(120)
    expect(add(time, at('2026-11-23T15:00'), 60)).toEqual(at('2026-11-23T16:00'))
    expect(add(time, at('2026-11-23T15:00'), 61)).toEqual(at('2026-11-24T07:31'))
  })

  it('are those of the zone', () => {
    const opening = nextOpening(timeIn(ZONES.WIT), at('2026-11-22T12:00'))
    expect(opening.toISOString()).toBe('2026-11-22T22:30:00.000Z')
    expect(wallTime(ZONES.WIT, opening)).toEqual({ day: '2026-11-23', minute: 450 })
  })
})
