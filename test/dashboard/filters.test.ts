import { expect, it } from 'vitest'
import { readFilter, wantedOf } from '../../src/dashboard/filters.ts'
import { houses } from '../helpers/line.ts'

it.each([
  ['that no calendar has', 'from=2026-99-99&to=2026-02-30'],
  ['behind which the calendar ends', 'from=0000-01-01&to=9999-12-31'],
])('takes a day %s as not said', (_, days) => {
  const asked = new URLSearchParams(`${days}&desk=general`)
  const filter = readFilter(name => asked.get(name) ?? undefined, ['general'])
  expect(filter).toMatchObject({ from: '', to: '', desk: 'general' })
  const office = houses.houses.get('medan')?.office
  if (office === undefined) throw new Error('Medan has no house.')
  expect(wantedOf(filter, office, ['general'], { today: '2026-11-22', unheard: [] })).toMatchObject({
    from: undefined,
    to: undefined,
  })
})
