import { looksAlike } from '../lib/clean-text.ts'
import { transaction } from '../records/db.ts'
import { administers, changeDuty, changePlace, DUTIES, type Member } from '../records/duties.ts'
import { forgetSecondFactor } from '../records/second-factor.ts'
import { addStaff, ROLES, type Role, staffOf } from '../records/staff.ts'
import { endSessionsOf } from '../records/staff-sessions.ts'
import type { DeskRoute, Seat } from './door.ts'
import { nobody, noteStaff, other } from './one-of-staff.ts'
import { goTo } from './page.ts'
import { showStaff } from './staff-page.ts'
import { giveAccountWord, giveSignIn } from './staff-ways-in.ts'

/** Who works here: adding people, their accounts, their duties. The administrator's page; it shows no report. */
export const STAFF: DeskRoute[] = [
  { method: 'get', path: '/staff', for: ['administrator'], answer: seat => showStaff(seat) },
  { method: 'post', path: '/staff', for: ['administrator'], answer: add },
  { method: 'post', path: '/staff/:id/account', for: ['administrator'], answer: giveAccountWord },
  { method: 'post', path: '/staff/:id/sign-in', for: ['administrator'], answer: giveSignIn },
  { method: 'post', path: '/staff/:id/duty', for: ['administrator'], answer: giveDuty },
  { method: 'post', path: '/staff/:id/place', for: ['administrator'], answer: movePlace },
  { method: 'post', path: '/staff/:id/leave', for: ['administrator'], answer: leave },
  { method: 'post', path: '/staff/:id/factor', for: ['administrator'], proved: true, answer: resetFactor },
]

async function add(seat: Seat): Promise<Response> {
  const { t, door, house, form } = seat
  const { office } = house
  const name = form.of('name').replace(/\s+/g, ' ')
  const role = ROLES.find(one => one === form.of('role'))
  if (name === '' || name.length > 60 || role === undefined)
    return showStaff(seat, {
      text: t('Isi nama (1–60 huruf) dan peran.', 'Give a name (1–60 letters) and a role.'),
      good: false,
    })
  if (looksAlike(name))
    return showStaff(seat, {
      text: t(
        'Nama itu mencampur huruf dari dua aksara yang tampak sama. Ketik dengan satu aksara.',
        'That name mixes letters of two scripts that look the same. Type it with one.',
      ),
      good: false,
    })
  const people = await staffOf(door.db.pool, office.id)
  if (people.some(one => one.name.toLowerCase() === name.toLowerCase()))
    return showStaff(seat, {
      text: t(
        `${name} sudah ada di daftar. Pakai nama lain.`,
        `${name} is on the list already. Use another name.`,
      ),
      good: false,
    })
  const desks = desksIn(seat, role)
  await transaction(door.db, async client => {
    const id = await addStaff(client, door.room.sealing, { office: office.id, name, role, desks })
    await noteStaff(seat, client, 'staff_added', id)
  })
  return goTo(seat, '/staff?done=added')
}

/** The desks a form names; none means all general ones, and an observer works at none. */
function desksIn({ form, house }: Seat, role: Role): string[] | null {
  const wanted = form.all('desks').filter(desk => Object.hasOwn(house.office.desks, desk))
  if (role === 'observer') return []
  return wanted.length === 0 ? null : wanted
}

async function giveDuty(seat: Seat): Promise<Response> {
  const who = await other(seat)
  const duty = DUTIES.find(one => one === seat.form.of('duty'))
  if (who === undefined || duty === undefined) return nobody(seat)
  const { door, member } = seat
  const give = seat.form.of('give') === 'yes'
  const done = await changeDuty(door.db, { to: who.id, duty, by: member.id, give }, client =>
    noteStaff(seat, client, `${give ? 'duty_given' : 'duty_taken'}:${duty}`, who.id),
  )
  return done ? goTo(seat, '/staff?done=duty') : nobody(seat)
}

/** Another role, other desks. The log keeps both as they were and as they are. */
async function movePlace(seat: Seat): Promise<Response> {
  const who = await other(seat)
  const role = ROLES.find(one => one === seat.form.of('role'))
  if (who === undefined || role === undefined) return nobody(seat)
  const { door, member } = seat
  const desks = desksIn(seat, role)
  const done = await changePlace(door.db, { to: who.id, role, desks, by: member }, client =>
    noteStaff(seat, client, `place_changed:${placeOf(who)}>${placeOf({ role, desks })}`, who.id),
  )
  return done ? goTo(seat, '/staff?done=place') : nobody(seat)
}

function placeOf({ role, desks }: Pick<Member, 'role' | 'desks'>): string {
  return `${role}@${desks === null ? '*' : desks.join('+')}`
}

async function leave(seat: Seat): Promise<Response> {
  const who = await other(seat)
  if (who === undefined) return nobody(seat)
  const done = await transaction(seat.door.db, async client => {
    if (!(await administers(client, seat.member.id))) return false
    await client.query('delete from staff_accounts where staff_id = $1', [who.id])
    await client.query('delete from sign_in_links where staff_id = $1', [who.id])
    await client.query('update staff set left_at = now() where id = $1', [who.id])
    await endSessionsOf(client, who.id)
    await noteStaff(seat, client, 'staff_left', who.id)
    return true
  })
  return done ? goTo(seat, '/staff?done=left') : nobody(seat)
}

async function resetFactor(seat: Seat): Promise<Response> {
  const who = await other(seat)
  if (who === undefined) return nobody(seat)
  await transaction(seat.door.db, async client => {
    await forgetSecondFactor(client, who.id)
    await endSessionsOf(client, who.id)
    await noteStaff(seat, client, 'factor_reset', who.id)
  })
  return goTo(seat, '/staff?done=factor')
}
