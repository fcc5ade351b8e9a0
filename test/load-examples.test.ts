import { expect, it } from 'vitest'
import { educationOf } from '../src/education-file.ts'
import { loadExamples } from '../src/load-examples.ts'
import { lastListingChange } from '../src/records/listing-changes.ts'
import { listingsOf } from '../src/records/listings-of.ts'
import { isExample } from '../src/vacancies/shown.ts'
import { testDatabase } from './helpers/database.ts'
import { houses } from './helpers/line.ts'
import { aVacancy, putAll } from './helpers/listings.ts'

const { db } = await testDatabase()
const offices = [...houses.houses.values()].map(({ office }) => office)
const load = (at: string) =>
  loadExamples({ db, flowsDir: 'flows', education: educationOf('flows'), at: new Date(at) }, offices)

it('every office has examples, marked as such, until it has something of its own; they are dated anew once they have passed', async () => {
  await putAll(db, 'vacancy', [aVacancy({ id: 'own' })], 'medan')
  await load('2026-11-22T02:00:00Z')
  for (const { id } of offices) {
    const all = [
      ...(await listingsOf(db.pool, id, 'vacancy')),
      ...(await listingsOf(db.pool, id, 'agenda')),
      ...(await listingsOf(db.pool, id, 'round')),
    ]
    expect(all.length).toBe(id === 'medan' ? 1 : 14)
    expect(all.every(isExample)).toBe(true)
  }
  const number = await lastListingChange(db.pool)
  await load('2026-11-23T02:00:00Z')
  expect(await lastListingChange(db.pool)).toBe(number)
  await load('2027-01-10T02:00:00Z')
  const [vacancy] = await listingsOf(db.pool, 'lhokseumawe', 'vacancy')
  expect(vacancy?.closes_at).toBe('2027-01-30T16:59:00.000Z')
})
