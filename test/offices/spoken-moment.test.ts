import { describe, expect, it } from 'vitest'
import { spokenMoment, spokenSpan } from '../../src/offices/spoken-moment.ts'

const at = new Date('2026-12-10T15:59:00Z')

describe('a moment in words', () => {
  it.each([
    [
      'Asia/Makassar',
      'Asia/Jakarta',
      'id',
      '10 Desember 2026 pukul 23.59 WITA (10 Desember 2026 pukul 22.59 WIB)',
    ],
    [
      'Asia/Jayapura',
      'Asia/Jakarta',
      'id',
      '11 Desember 2026 pukul 00.59 WIT (10 Desember 2026 pukul 22.59 WIB)',
    ],
    ['Asia/Jakarta', 'Asia/Jakarta', 'en', '10 December 2026, 22.59 WIB'],
    ['Asia/Pontianak', 'Asia/Jakarta', 'id', '10 Desember 2026 pukul 22.59 WIB'],
    ['Europe/London', 'Europe/London', 'en', '10 December 2026, 15.59 Europe/London'],
  ])('of %s, read in %s (%s): %s', (zone, here, language, expected) => {
    expect(spokenMoment(at, zone, here, language)).toBe(expected)
  })

  it('names the day once when it is the same', () => {
    const ends = new Date('2026-12-10T17:30:00Z')
    expect(spokenSpan(at, new Date('2026-12-10T16:30:00Z'), 'Asia/Jakarta', 'id')).toBe(
      '10 Desember 2026 pukul 22.59–23.30 WIB',
    )
    expect(spokenSpan(at, ends, 'Asia/Jakarta', 'id')).toBe(
      '10 Desember 2026 pukul 22.59 WIB – 11 Desember 2026 pukul 00.30 WIB',
    )
  })
})
