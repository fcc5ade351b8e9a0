import { expect, it } from 'vitest'
import { hurries } from '../../src/outbox/runs.ts'
import { claimed } from '../helpers/claimed.ts'

function runOf(...said: [turn: number, urgency: number][]) {
  const queue = said.map(([turn, urgency], n) => claimed(n, { key: `chat/${turn}/${n}`, urgency }))
  return { lane: 'telegram/medan', queue, broken: false, more: false, overtake: undefined } as const
}

it('is who has answers to several messages to come, whatever one of them says and whatever notices stand behind', () => {
  expect(hurries(runOf([1, 0]))).toBe(false)
  expect(hurries(runOf([1, 0], [1, 0], [1, 0]))).toBe(false)
  expect(hurries(runOf([1, 0], [2, 1], [3, 2]))).toBe(false)
  expect(hurries(runOf([1, 1], [2, 1]))).toBe(false)
  expect(hurries(runOf([1, 0], [2, 0]))).toBe(true)
  expect(hurries(runOf([1, 0], [1, 0], [2, 0], [3, 1]))).toBe(true)
})
