import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distanceKm, inOrderFrom, namedBy, positionIn } from '../../src/vacancies/agenda.ts'
import { anAgendaItem } from '../helpers/listings.ts'

const place = fc.record({
  latitude: fc.double({ min: -11, max: 6, noNaN: true }),
  longitude: fc.double({ min: 95, max: 141, noNaN: true }),
})

describe('distances', () => {
  it('are those of known places: Jakarta and Medan lie about 1,410 km apart', () => {
    const km = distanceKm(
      { latitude: -6.2088, longitude: 106.8456 },
      { latitude: 3.5952, longitude: 98.6722 },
    )
    expect(km).toBeGreaterThan(1400)
    expect(km).toBeLessThan(1430)
  })

  it('are none to oneself, the same both ways, and never longer over a third place', () => {
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        expect(distanceKm(a, a)).toBe(0)
        expect(distanceKm(a, b)).toBeCloseTo(distanceKm(b, a), 6)
        expect(distanceKm(a, c)).toBeLessThanOrEqual(distanceKm(a, b) + distanceKm(b, c) + 1e-6)
      }),
    )
  })
})

const items = [
  anAgendaItem({
    id: 'a',
    title: 'Layanan A',
    district: 'Medan Johor',
    venue: 'Kantor camat',
    latitude: 3.53,
    longitude: 98.67,
  }),
  anAgendaItem({
    id: 'b',
    title: 'Layanan B',
    district: 'Medan Baru',
    venue: 'Balai warga',
    latitude: 3.57,
    longitude: 98.66,
  }),
  anAgendaItem({
    id: 'c',
    title: 'Bursa Kerja',
    district: null,
    venue: 'Gedung',
    starts_at: '2026-11-24T02:00:00.000Z',
  }),
]
const ids = (of: { id: string }[]) => of.map(({ id }) => id)

it.each([
  ['kecamatan medan johor', ['a']],
  ['medan', ['a', 'b']],
  ['bursa kerja', ['c']],
  ['di serpong', []],
  ['minggu ini', ['a', 'b', 'c']],
])('"%s" names %j', (words, expected) => {
  expect(ids(namedBy(items, words))).toEqual(expected)
})

it('the nearest comes first, what has no position last; without a position the soonest', () => {
  expect(ids(inOrderFrom(items, positionIn('3.569,98.661')))).toEqual(['b', 'a', 'c'])
  expect(ids(inOrderFrom(items, undefined))).toEqual(['c', 'a', 'b'])
  expect(positionIn('Medan Baru')).toBeUndefined()
})
