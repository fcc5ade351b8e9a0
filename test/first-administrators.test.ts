import { expect, it } from 'vitest'
import { firstAdministrators } from '../src/first-administrators.ts'
import { makeKeyring } from '../src/records/keyring.ts'
import { createSealing } from '../src/records/sealing.ts'
import { staffOf } from '../src/records/staff.ts'
import { testDatabase } from './helpers/database.ts'
import { openDeskHouse } from './helpers/desk-house.ts'
import { houses, testLine } from './helpers/line.ts'

const { db } = await testDatabase()
const sealing = createSealing(makeKeyring())

it('gives each new office one administrator and a link, until that has been used', async () => {
  const line = await testLine(db)
  const offices = ['lhokseumawe', 'medan']
  await Promise.all([
    firstAdministrators(db, line.room.sealing, offices),
    firstAdministrators(db, sealing, offices),
  ])
  const links = await firstAdministrators(db, line.room.sealing, offices)
  expect(links.map(({ office }) => office)).toEqual(offices)
  expect((await staffOf(db.pool, 'medan')).map(({ name, role }) => [name, role])).toEqual([
    ['Administrator', 'admin'],
  ])
  const { visitor } = openDeskHouse({ db, line, houses })
  expect((await visitor('').post(`/sign-in/${links[1]?.token}`)).headers.get('location')).toBe(
    '/desk/medan/staff',
  )
  const left = await firstAdministrators(db, line.room.sealing, offices)
  expect(left.map(({ office }) => office)).toEqual(['lhokseumawe'])
})
