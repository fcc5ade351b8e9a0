import { describe, expect, it } from 'vitest'
import { approveListing } from '../../src/records/approve-listing.ts'
import { transaction } from '../../src/records/db.ts'
import {
  lastListingChange,
  listingChangesSince,
  lockListings,
  putListings,
  versionsOf,
} from '../../src/records/listing-changes.ts'
import { datesOf } from '../../src/records/listing-dates.ts'
import type { Identified } from '../../src/records/listings.ts'
import { testDatabase } from '../helpers/database.ts'
import { anAgendaItem, aRound, aStage, aVacancy } from '../helpers/listings.ts'

const { db } = await testDatabase()
const at = new Date('2026-11-22T02:00:00Z')

const put = (listings: Identified<'vacancy'>[], name = 'import', office = 'medan') =>
  transaction(db, async client => {
    await lockListings(client)
    return putListings(client, 'vacancy', office, listings, { name, at })
  })

describe('a listing', () => {
  it('keeps every version, with what was changed and by whom', async () => {
    await put([aVacancy({ id: 'a', closes_at: '2026-12-01T16:59:00.000Z' })])
    await put([aVacancy({ id: 'a', closes_at: '2026-12-05T16:59:00.000Z', places: 3 })], 'Bu Contoh')
    const versions = await versionsOf(db.pool, 'medan', 'vacancy', 'a')
    expect(versions.map(({ version, by }) => [version, by])).toEqual([
      [1, 'import'],
      [2, 'Bu Contoh'],
    ])
    expect(versions[0]?.content).toMatchObject({ closes_at: '2026-12-01T16:59:00.000Z' })
    expect(versions[1]?.changed.toSorted()).toEqual(['closes_at', 'places'])
  })

  it('is not written again when nothing in it changed', async () => {
    const same = [aVacancy({ id: 'same-1' }), aVacancy({ id: 'same-2' })]
    expect(await put(same)).toHaveLength(2)
    const number = await lastListingChange(db.pool)
    expect(await put(same.toReversed())).toEqual([])
    expect(await put([same[0] ?? aVacancy({}), aVacancy({ id: 'same-2', places: 9 })])).toEqual([
      { id: 'same-2', version: 2 },
    ])
    expect(await lastListingChange(db.pool)).toBe(number + 1)
  })

  it('of one office is not that of another', async () => {
    await put([aVacancy({ id: 'both', places: 1 })])
    await put([aVacancy({ id: 'both', places: 2 })], 'import', 'tanjungbalai')
    const told = await listingChangesSince(db.pool, 'tanjungbalai', 0)
    expect(told.map(({ id, version }) => [id, version])).toEqual([['both', 1]])
  })

  it('is refused by the records when it closes before it opens', async () => {
    await expect(put([aVacancy({ id: 'wrong', closes_at: '2020-01-01T00:00:00.000Z' })])).rejects.toThrow(
      'vacancies_in_order',
    )
    expect(await versionsOf(db.pool, 'medan', 'vacancy', 'wrong')).toEqual([])
  })

  it('says when it begins and ends, and whether that holds', async () => {
    await transaction(db, async client => {
      await lockListings(client)
      const by = { name: 'import', at }
      await putListings(client, 'round', 'medan', [aRound({ id: 'r' })], by)
      await putListings(client, 'stage', 'medan', [aStage({ id: 's', round: 'r' })], by)
      await putListings(client, 'agenda', 'medan', [anAgendaItem({ id: 'g', withdrawn: 'banjir' })], by)
      await putListings(client, 'vacancy', 'medan', [aVacancy({ id: 'v', approved_by: null })], by)
    })
    expect(await datesOf(db.pool, 'medan', 'stage', 's')).toMatchObject({
      starts: new Date(aStage({}).starts_at),
      ends: new Date(aStage({}).ends_at),
      zone: 'Asia/Jakarta',
      version: 1,
      stands: true,
    })
    expect(await datesOf(db.pool, 'medan', 'agenda', 'g')).toMatchObject({ stands: false })
    expect(await datesOf(db.pool, 'medan', 'vacancy', 'v')).toMatchObject({ stands: false })
    expect(await datesOf(db.pool, 'medan', 'vacancy', 'nothing')).toBeUndefined()
  })
})

describe('approving', () => {
  const approve = (id: string, version: number, name: string) =>
    transaction(db, client =>
      approveListing(client, 'vacancy', { office: 'medan', id, version }, { name, at }),
    )

  it('by two people at once is done by one, and the other is told by whom', async () => {
    await put([aVacancy({ id: 'twice', approved_by: null })])
    const outcomes = await Promise.all([approve('twice', 1, 'Petugas A'), approve('twice', 1, 'Petugas B')])
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['already', 'approved'])
    const versions = await versionsOf(db.pool, 'medan', 'vacancy', 'twice')
    expect(versions.map(({ changed }) => changed)).toEqual([expect.any(Array), ['approved_by']])
    expect(outcomes).toContainEqual({ kind: 'already', by: versions[1]?.by })
  })

  it('of something that was changed since it was looked at is refused', async () => {
    await put([aVacancy({ id: 'moved', approved_by: null })])
    await put([aVacancy({ id: 'moved', approved_by: null, places: 7 })])
    expect(await approve('moved', 1, 'Petugas A')).toEqual({ kind: 'changed', version: 2 })
    expect(await approve('moved', 2, 'Petugas A')).toEqual({ kind: 'approved', version: 3 })
    expect(await approve('nothing', 1, 'Petugas A')).toEqual({ kind: 'absent' })
  })

  it('does not outlast a change that nobody approved', async () => {
    await put([aVacancy({ id: 'again' })])
    await put([aVacancy({ id: 'again', approved_by: null, closes_at: '2026-12-31T16:59:00.000Z' })])
    expect(await datesOf(db.pool, 'medan', 'vacancy', 'again')).toMatchObject({ stands: false, version: 2 })
  })
})
