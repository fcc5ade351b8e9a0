import { expect, it } from 'vitest'
import { createRest } from '../../src/assistant/rest.ts'

it('a model that failed three times in a row rests, and one call afterwards tells whether it rests again', () => {
  const rest = createRest(1_000)
  for (const how of ['timed_out', 'unreachable', 'answered', 'timed_out', 'refused'] as const)
    rest.note(how, 0)
  expect(rest.isResting(1)).toBe(false)
  rest.note('timed_out', 10)
  expect(rest.isResting(1_009)).toBe(true)
  expect(rest.isResting(1_010)).toBe(false)
  rest.note('timed_out', 1_020)
  expect(rest.isResting(1_021)).toBe(true)
  rest.note('guarded', 2_100)
  expect(rest.isResting(2_101)).toBe(false)
})
