import { note } from '../records/audit.ts'
import { type Member, membersOf } from '../records/duties.ts'
import type { Seat } from './door.ts'
import { showStaff } from './staff-page.ts'

type On = Parameters<typeof note>[0]

/** Writes down what an administrator did with somebody. */
export function noteStaff(
  { door, house, member }: Seat,
  on: On,
  action: string,
  subject: string,
): Promise<void> {
  return note(
    on,
    door.room.sealing,
    { office: house.office.id, actor: member.id, action, subject },
    door.now(),
  )
}

/** Somebody else of this office; nobody changes themselves. */
export async function other(seat: Seat): Promise<Member | undefined> {
  const id = seat.c.req.param('id')
  const members = await membersOf(seat.door.db.pool, seat.house.office.id)
  return members.find(one => one.id === id && one.id !== seat.member.id)
}

/** What is said where it is nobody else of this office. */
export function nobody(seat: Seat): Promise<Response> {
  const { t } = seat
  return showStaff(seat, {
    text: t(
      'Orang itu tidak ada di daftar, atau itu Anda sendiri.',
      'They are not on the list, or it is you yourself.',
    ),
    good: false,
  })
}
