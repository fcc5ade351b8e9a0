import { expect, it } from 'vitest'
import { KEEPING, KEPT_CLASSES, KeepingRules, keepingOf, USUAL_DAYS } from '../../src/offices/keeping-days.ts'

const read = (days: Record<string, string>) =>
  KeepingRules.safeParse({ source: 'Jadwal retensi (contoh)', confirmed: 'false', days })

it('keeps as usual what an office does not name', () => {
  expect(read({ words: '60' }).data?.days).toEqual({ ...USUAL_DAYS, words: 60 })
})

it.each(KEPT_CLASSES)('takes %s within its bounds alone', name => {
  const { least, most } = KEEPING[name]
  for (const [days, taken] of [
    [least, true],
    [most, true],
    [least - 1, false],
    [most + 1, false],
  ] as const)
    expect(read({ [name]: String(days) }).success, `${name} ${days}`).toBe(taken)
})

it.each(['ninety', '-1', '1.5', ''])('takes no %s for days', days => {
  expect(read({ words: days }).success).toBe(false)
})

it('wants to know where it stands, and no class of its own', () => {
  expect(KeepingRules.safeParse({ confirmed: 'false', days: {} }).success).toBe(false)
  expect(read({ photos: '10' }).success).toBe(false)
})

it('keeps no words shorter than a platform may repeat a message, since its id goes with them', () => {
  expect(KEEPING.words.least).toBeGreaterThanOrEqual(KEEPING.ids.least)
  expect(KEEPING.ids.least).toBeGreaterThanOrEqual(30)
})

it('knows the days of every office', () => {
  const keeping = keepingOf([{ id: 'a' }, { id: 'b', keeping: { days: { ...USUAL_DAYS, words: 45 } } }])
  expect([keeping.get('a')?.words, keeping.get('b')?.words]).toEqual([90, 45])
})
