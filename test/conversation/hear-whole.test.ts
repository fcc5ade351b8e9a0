import { describe, expect, it } from 'vitest'
import type { Offered } from '../../src/conversation/hear-choice.ts'
import { hearWhole } from '../../src/conversation/hear-whole.ts'
import { plain } from '../../src/conversation/plain.ts'

const SUITS: Offered = [
  ['v1', 'Tidak sesuai'],
  ['v2', 'Kurang sesuai'],
  ['v3', 'Sesuai'],
  ['v4', 'Sangat sesuai'],
]
const HANDLED: Offered = [
  ['v1', 'Tidak ada'],
  ['v2', 'Ada tetapi tidak berfungsi'],
  ['v3', 'Berfungsi kurang maksimal'],
  ['v4', 'Dikelola dengan baik'],
]
const EASY: Offered = [
  ['v1', 'Tidak mudah'],
  ['v2', 'Kurang mudah'],
  ['v3', 'Mudah'],
  ['v4', 'Sangat mudah'],
]

describe('a value is given', () => {
  it.each([
    [SUITS, '4', 'v4'],
    [SUITS, 'nomor 2', 'v2'],
    [SUITS, 'tiga', 'v3'],
    [SUITS, 'Sangat sesuai', 'v4'],
    [SUITS, '4. Sangat sesuai', 'v4'],
    [SUITS, 'tdk sesuai', 'v1'],
    [SUITS, 'sesuai banget kak', 'v4'],
    [SUITS, 'sangat sesui', 'v4'],
    [SUITS, 'krg sesuai', 'v2'],
    [HANDLED, 'dikelola dgn baik', 'v4'],
    [HANDLED, 'tidak ada', 'v1'],
    [EASY, 'gak mudah', 'v1'],
  ])('by a number or a label: %#', (offered, said, option) => {
    expect(hearWhole(offered, plain(said))).toBe(option)
  })

  it.each([
    [SUITS, 'bagus sekali'],
    [SUITS, 'puas'],
    [SUITS, '5'],
    [SUITS, '0'],
    [SUITS, '3,5'],
    [SUITS, '4 bintang'],
    [SUITS, '2. Sangat sesuai'],
    [SUITS, 'tidak'],
    [SUITS, 'sangat'],
    [SUITS, 'sesuai tapi lama'],
    [SUITS, 'lumayan sesuai'],
    [HANDLED, 'baik'],
    [HANDLED, 'ada'],
    [HANDLED, 'kurang'],
    [HANDLED, 'berfungsi'],
    // Another word, as near to a label as a slip of the finger.
    [EASY, 'murah'],
    [EASY, ''],
  ])('by nothing else: %# %j', (offered, said) => {
    expect(hearWhole(offered, plain(said))).toBeUndefined()
  })
})
