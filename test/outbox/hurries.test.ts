import { expect, it } from 'vitest'
import { type Claimed, UNTRIED } from '../../src/outbox/claim.ts'
import { hurries } from '../../src/outbox/runs.ts'

function runOf(...said: [turn: number, urgency: number][]) {
  const queue = said.map(
    ([turn, urgency], n): Claimed => ({
      ...UNTRIED,
      id: n,
      key: `chat/${turn}/${n}`,
      office: 'medan',
      channel: 'telegram',
      address: 'ani',
      conversationId: 'chat',
      seq: n,
      from: 'bot',
      language: 'id',
      text: '',
      options: [],
      wants: null,
      file: null,
      about: null,
      title: '',
      brief: '',
      urgency,
      edits: null,
      createdAt: new Date(0),
      until: 0,
    }),
  )
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
