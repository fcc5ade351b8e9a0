import { expect, it } from 'vitest'
import { bindAccount } from '../../src/records/staff.ts'
import { testDatabase } from '../helpers/database.ts'
import { openDeskHouse, type Visitor } from '../helpers/desk-house.ts'
import { houses, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const house = openDeskHouse({ db, line, houses })
const admin = await house.comes({ name: 'Admin', role: 'admin' })
const rina = await house.comes({ name: 'Rina' })

const at = '/desk/lhokseumawe/staff'
const dutiesOf = async (id: string) =>
  (await db.pool.query('select duty from staff_duties where staff_id = $1', [id])).rows.map(row => row.duty)
const me = (who: Visitor) => who.get('/desk/lhokseumawe/me')

it('adds somebody, once for a name', async () => {
  expect((await admin.post(at, { name: 'Sari', role: 'staff', desks: ['general'] })).status).toBe(303)
  expect((await admin.post(at, { name: 'sari', role: 'staff' })).status).toBe(422)
  expect((await admin.post(at, { name: '', role: 'staff' })).status).toBe(422)
  expect(await (await admin.get(at)).text()).toContain('Sari')
})

it('gives a duty to another and ends their sessions; to oneself nobody gives one', async () => {
  await admin.post(`${at}/${rina.id}/duty`, { duty: 'approver', give: 'yes' })
  expect(await dutiesOf(rina.id)).toEqual(['approver'])
  expect((await me(rina)).status).toBe(401)
  expect((await admin.post(`${at}/${admin.id}/duty`, { duty: 'operator', give: 'yes' })).status).toBe(422)
  expect(await dutiesOf(admin.id)).toEqual([])
  const itself = `insert into staff_duties (staff_id, duty, granted_by, granted_at) values ($1, 'operator', $1, now())`
  await expect(db.pool.query(itself, [admin.id])).rejects.toThrow('staff_duties_by_another')
})

it('gives the word for an account, and a sign-in link, only to who has none: nobody comes in as somebody else', async () => {
  const dewi = await house.comes({ name: 'Dewi' })
  const link = await (await admin.post(`${at}/${dewi.id}/sign-in`)).text()
  expect(link).toMatch(/sign-in\/[\w-]{43}/)
  const word =
    /\/start ([0-9A-Z]{12})/.exec(await (await admin.post(`${at}/${dewi.id}/account`)).text())?.[1] ?? ''
  const where = { office: 'lhokseumawe', channel: 'telegram', account: '77' }
  expect((await bindAccount(db, line.room.sealing, where, word))?.name).toBe('Dewi')
  const again = await admin.post(`${at}/${dewi.id}/sign-in`)
  expect(again.status).toBe(422)
  expect(await again.text()).not.toMatch(/sign-in\/[\w-]{43}/)
  const another = await admin.post(`${at}/${dewi.id}/account`)
  expect(another.status).toBe(422)
  expect(await another.text()).not.toMatch(/\/start [0-9A-Z]{12}/)
})

it('takes somebody off the list at once, and writes all of it down', async () => {
  const tuti = await house.comes({ name: 'Tuti' })
  await admin.post(`${at}/${tuti.id}/leave`)
  expect((await me(tuti)).status).toBe(401)
  const { rows } = await db.pool.query(`select action from audit_log where actor = $1 order by number`, [
    admin.id,
  ])
  expect(rows.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      'staff_added',
      'duty_given:approver',
      'account_word_given',
      'sign_in_link_given',
      'staff_left',
    ]),
  )
})

it('gives a word for a desk to the administrator alone', async () => {
  const groups = '/desk/lhokseumawe/groups'
  expect(await (await admin.post(`${groups}/general`)).text()).toMatch(/\/pasang [0-9A-Z]{12}/)
  const sari = await house.comes({ name: 'Sari Dua' })
  expect((await sari.post(`${groups}/general`)).status).toBe(403)
})

it('changes the role and the desks of another at once, never of oneself, and two cannot take the place from each other', async () => {
  const wati = await house.comes({ name: 'Wati' })
  const board = '/desk/lhokseumawe/staff'
  await admin.post(`${board}/${wati.id}/place`, { role: 'head', desks: ['general', 'no such desk'] })
  const placeOf = async (id: string) =>
    (await db.pool.query('select role, desks from staff where id = $1', [id])).rows[0]
  expect(await placeOf(wati.id)).toEqual({ role: 'head', desks: ['general'] })
  expect((await me(wati)).status).toBe(401)
  expect((await admin.post(`${board}/${admin.id}/place`, { role: 'head' })).status).toBe(422)
  expect(await placeOf(admin.id)).toEqual({ role: 'admin', desks: null })
  const { rows } = await db.pool.query(`select action from audit_log where subject = $1`, [wati.id])
  expect(rows.map(({ action }) => action)).toContain('place_changed:staff@*>head@general')
  const second = await house.comes({ name: 'Admin Dua', role: 'admin' })
  await Promise.all([
    admin.post(`${board}/${second.id}/place`, { role: 'observer' }),
    second.post(`${board}/${admin.id}/place`, { role: 'observer' }),
  ])
  const roles = [await placeOf(admin.id), await placeOf(second.id)].map(({ role }) => role)
  expect(roles.toSorted()).toEqual(['admin', 'observer'])
})
