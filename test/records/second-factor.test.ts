import { TOTP, URI } from 'otpauth'
import { expect, it } from 'vitest'
import { makeKeyring } from '../../src/records/keyring.ts'
import { createSealing } from '../../src/records/sealing.ts'
import { beginSecondFactor, checkSecondFactor, hasSecondFactor } from '../../src/records/second-factor.ts'
import { addStaff } from '../../src/records/staff.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase()
const sealing = createSealing(makeKeyring())
const NOW = new Date('2026-11-23T02:00:10Z')
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000)

async function somebody(name: string) {
  const person = { office: 'medan', name, role: 'head' as const, desks: null }
  const id = await addStaff(db.pool, sealing, person)
  const address = (await beginSecondFactor(db.pool, sealing, { ...person, id })) ?? ''
  const app = URI.parse(address)
  if (!(app instanceof TOTP)) throw new Error('An app counts time.')
  const digits = (at: Date) => app.generate({ timestamp: at.getTime() })
  const give = (code: string, at = NOW) => checkSecondFactor(db.pool, sealing, id, code, at)
  return { id, person, digits, give, address }
}

it('is set up by giving the digits once, and shows its secret no more afterwards', async () => {
  const { id, person, digits, give, address } = await somebody('Rina')
  expect(await beginSecondFactor(db.pool, sealing, { ...person, id })).toBe(address)
  expect(await hasSecondFactor(db.pool, id)).toBe(false)
  expect(await give(digits(NOW))).toBe('right')
  expect(await hasSecondFactor(db.pool, id)).toBe(true)
  expect(await beginSecondFactor(db.pool, sealing, { ...person, id })).toBeUndefined()
})

it('takes digits once, and those of one step before or after, for clocks that differ', async () => {
  const { digits, give } = await somebody('Sari')
  expect(await give(digits(NOW))).toBe('right')
  expect(await give(digits(NOW))).toBe('wrong')
  expect(await give(digits(later(-30)))).toBe('wrong')
  expect(await give(digits(later(60)), later(30))).toBe('right')
  expect(await give(digits(later(300)), later(120))).toBe('wrong')
})

it('evaluates at most ten wrong digits, however many come at once, and opens again after a while', async () => {
  const { digits, give } = await somebody('Dewi')
  const wrong = digits(later(86_400))
  const found = await Promise.all(Array.from({ length: 60 }, () => give(wrong)))
  expect(found.filter(one => one === 'wrong')).toHaveLength(10)
  expect(found.filter(one => one === 'locked')).toHaveLength(50)
  expect(await give(digits(NOW))).toBe('locked')
  expect(await give(digits(later(16 * 60)), later(16 * 60))).toBe('right')
})
