import type { Room } from '../actions/action.ts'
import { storeTold } from '../inbox/store-told.ts'
import { localTime } from '../lib/local-time.ts'
import { formatDay } from '../offices/due-date.ts'
import { officeTime } from '../offices/office-time.ts'
import { type Db, transaction } from '../records/db.ts'
import { takeReturned } from '../records/postponed.ts'
import { maySend } from './look-at-clock.ts'

/** Gives each ticket that was put off back to its desk on its day, in working hours. Gives how many. */
export async function returnPostponed(
  db: Db,
  room: Omit<Room, 'client'>,
  offices: Iterable<string>,
  now: Date,
): Promise<number> {
  let returned = 0
  for (const id of offices) {
    const { office, calendar } = room.houseOf(id)
    if (!maySend(officeTime(office, calendar), now)) continue
    returned += await transaction(db, async client => {
      const tickets = await takeReturned(client, id, localTime(office.zone, now).slice(0, 10))
      for (const { id: ticketId, code, desk, postponed_until: day } of tickets) {
        const text = `${code} kembali: ditunda sampai ${formatDay(day, 'id')}. Untuk membacanya: lihat ${code}`
        await storeTold(client, room.sealing, {
          key: `postponed/${ticketId}/${day}`,
          office: id,
          to: { desk },
          said: { type: 'notice', text, ticketId },
          at: now,
        })
      }
      return tickets.length
    })
  }
  return returned
}
