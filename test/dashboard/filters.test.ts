import { expect, it } from 'vitest'
import { readFilter, wantedOf } from '../../src/dashboard/filters.ts'
import { houses } from '../helpers/line.ts'

it('takes a day that no calendar has as not said', () => {
  const asked = new URLSearchParams('from=2026-99-99&to=2026-02-30&desk=general')
  const filter = readFilter(name => asked.get(name) ?? undefined, ['general'])
  expect(filter).toMatchObject({ from: '', to: '', desk: 'general' })
  const office = houses.houses.get('medan')?.office
  if (office === undefined) throw new Error('Medan has no house.')
  expect(wantedOf(filter, office, ['general'], '2026-11-22')).toMatchObject({
    from: undefined,
    to: undefined,
  })
})
