import { describe, expect, it } from 'vitest'
import { quietUntil } from '../../src/offices/quiet-hours.ts'
import { ANY, type Asked, concerns } from '../../src/records/audience.ts'

const asks = (more: Partial<Asked>): Asked => ({
  topic: 'vacancy',
  kind: '',
  education: '',
  stage: '',
  place: '',
  ...more,
})
const vacancy = {
  ...ANY,
  topic: 'vacancy' as const,
  kind: 'pppk',
  education: ['D-III Keperawatan', 'S-1 Keperawatan'],
  place: 'RSUD Kota',
}

describe('whom something concerns', () => {
  it.each([
    [asks({}), true],
    [asks({ topic: 'agenda' }), false],
    [asks({ kind: 'pppk' }), true],
    [asks({ kind: 'cpns' }), false],
    [asks({ education: 'd3 keperawatan' }), true],
    [asks({ education: 'S1' }), true],
    [asks({ education: 's1 hukum' }), false],
    [asks({ place: 'rsud' }), true],
    [asks({ place: 'rs' }), false],
  ])('%j', (asked, expected) => expect(concerns(asked, vacancy)).toBe(expected))

  it('is whoever one of several concerns', () => {
    const both = {
      ...ANY,
      topic: 'vacancy' as const,
      also: [vacancy, { ...vacancy, kind: 'cpns', education: ['S-1 Hukum'] }],
    }
    expect(concerns(asks({ kind: 'cpns', education: 's1 hukum' }), both)).toBe(true)
    expect(concerns(asks({ kind: 'pppk', education: 's1 hukum' }), both)).toBe(false)
  })
})

describe('the night', () => {
  const quiet = { from: 20 * 60, to: 7 * 60 }
  it.each([
    ['2026-11-23T19:59+07:00', undefined],
    ['2026-11-23T20:00+07:00', '2026-11-24T07:00+07:00'],
    ['2026-11-24T06:59+07:00', '2026-11-24T07:00+07:00'],
    ['2026-11-24T07:00+07:00', undefined],
    ['2026-12-31T23:59+07:00', '2027-01-01T07:00+07:00'],
  ])('at %s lasts until %s', (at, until) =>
    expect(quietUntil(quiet, 'Asia/Jakarta', new Date(at))?.getTime()).toBe(
      until === undefined ? undefined : new Date(until).getTime(),
    ),
  )
})
