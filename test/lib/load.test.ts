import { expect, it } from 'vitest'
import { createLoad, type Look, levelOf, nextLevel, STEPS } from '../../src/lib/load.ts'

const calm: Look = { lateMs: 0, heap: 0.1, waiting: 0 }

it.each(['lateMs', 'heap', 'waiting'] as const)('rises a step as %s reaches each of its marks', what => {
  const levels = STEPS.map(step => levelOf({ ...calm, [what]: step[what] }))
  expect([levelOf(calm), ...levels]).toEqual([0, 1, 2, 3])
})

it('believes three looks in a row, up and down alike', () => {
  expect(nextLevel(0, [3, 3])).toBe(0)
  expect(nextLevel(0, [3, 3, 0])).toBe(0)
  expect(nextLevel(0, [3, 1, 2])).toBe(1)
  expect(nextLevel(3, [0, 0, 3])).toBe(3)
  expect(nextLevel(3, [0, 1, 0])).toBe(1)
})

it('tells of each change once, with what was seen', async () => {
  const told: unknown[] = []
  let looks = 0
  const load = createLoad({
    waiting: () => 0,
    look: () => ({ lateMs: ++looks > 1 ? 900 : 0, heap: 0 }),
    changed: (level, { lateMs }) => told.push([level, lateMs]),
    everyMs: 1,
  })
  load.start()
  await expect.poll(() => load.level()).toBe(2)
  load.stop()
  expect(told).toEqual([[2, 900]])
  expect(load.lateMs()).toBe(900)
})

it('sees a loop that is held up', async () => {
  const load = createLoad({ waiting: () => 0, changed: () => undefined, everyMs: 5 })
  load.start()
  const hold = setInterval(() => {
    const until = performance.now() + 60
    while (performance.now() < until);
  }, 1)
  await expect.poll(() => load.lateMs(), { timeout: 5_000 }).toBeGreaterThan(0)
  clearInterval(hold)
  load.stop()
})
