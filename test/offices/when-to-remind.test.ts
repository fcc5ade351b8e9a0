import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quietUntil } from '../../src/offices/quiet-hours.ts'
import { whenToRemind } from '../../src/offices/when-to-remind.ts'

const QUIET = { from: 20 * 60, to: 7 * 60 }
const ZONES = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']
const HOUR_MS = 3_600_000

describe('when somebody is reminded', () => {
  it.each([
    ['2026-12-10T23:59+07:00', 'Asia/Jakarta', '2026-12-01T10:00+07:00', '2026-12-09T09:00+07:00'],
    ['2026-12-10T23:59+07:00', 'Asia/Jayapura', '2026-12-01T10:00+07:00', '2026-12-10T09:00+09:00'],
    ['2026-12-11T00:00+07:00', 'Asia/Jakarta', '2026-12-01T10:00+07:00', '2026-12-10T09:00+07:00'],
    ['2026-12-10T14:00+07:00', 'Asia/Jakarta', '2026-12-09T12:00+07:00', '2026-12-10T11:00+07:00'],
    ['2026-12-10T08:00+07:00', 'Asia/Jakarta', '2026-12-09T12:00+07:00', '2026-12-09T19:30+07:00'],
    ['2026-12-10T23:30+07:00', 'Asia/Jakarta', '2026-12-10T10:00+07:00', '2026-12-10T19:30+07:00'],
  ])('of %s in %s, asked for at %s: %s', (due, zone, now, expected) => {
    expect(whenToRemind(new Date(due), zone, QUIET, new Date(now))?.toISOString()).toBe(
      new Date(expected).toISOString(),
    )
  })

  it('is never at night, never past, and never after the fact', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) }),
        fc.integer({ min: 0, max: 20 * 24 * 60 }),
        (zone, due, minutes) => {
          const now = new Date(due - minutes * 60_000)
          const at = whenToRemind(new Date(due), zone, QUIET, now)
          if (at === undefined) {
            // Only where the night, or less than three hours, lies between.
            expect(minutes * 60_000).toBeLessThanOrEqual(15 * HOUR_MS)
            return
          }
          expect(at > now && at.getTime() < due).toBe(true)
          expect(quietUntil(QUIET, zone, at)).toBeUndefined()
        },
      ),
      { numRuns: 2000, seed: 3 },
    )
  })
})
