import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isFlat, type Sample } from './trend.ts'

/** Half an hour, 120 samples: a warm-up, then so many megabytes a minute, with the saw of a garbage collector. */
function run(perMinute: number, saw: number[]): Sample[] {
  return Array.from({ length: 120 }, (_, n) => {
    const minute = n / 4
    return { minute, mib: 200 + Math.min(minute, 8) * 10 + perMinute * minute + (saw[n % saw.length] ?? 0) }
  })
}

it('calls memory flat whatever the collector does, and a leak a leak', () => {
  const saws = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 15 })
  fc.assert(
    fc.property(saws, saw => {
      expect(isFlat(run(0, saw))).toBe(true)
      expect(isFlat(run(3, saw))).toBe(false)
    }),
  )
})
