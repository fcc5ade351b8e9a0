import { expect, it } from 'vitest'
import { readMoment } from '../../src/exchange/read-moment.ts'

it.each([
  ['2026-12-10T23:59:00+07:00', '2026-12-10T16:59:00.000Z'],
  ['10/12/2026 23.59', '2026-12-10T16:59:00.000Z'],
  // Node makes a moment of each of these.
  ['2410T23:59:00+07:00', undefined],
  ['0026-12-10T23:59:00+07:00', undefined],
  ['+275760-01-01T00:00:00Z', undefined],
])('%s is the moment %s', (text, moment) =>
  expect(readMoment(text, 'Asia/Jakarta', true)?.toISOString()).toBe(moment),
)
