import type { Room } from '../actions/action.ts'
import { storeTold } from '../inbox/store-told.ts'
import { forgetEntries, headToTell } from '../records/audit.ts'
import { type Db, transaction } from '../records/db.ts'

/** How long the log is kept: design §5. */
const MONTHS = 24

/**
 * Once a day each office's general desk is told where its log stands, so that a chain somebody reckons anew one day, with the key in
 * hand, does not fit what stands in everybody's chat. Then what is too old is forgotten.
 */
export async function tellAuditHeads(
  db: Db,
  room: Omit<Room, 'client'>,
  offices: Iterable<string>,
  now: Date,
): Promise<void> {
  for (const office of offices) {
    await transaction(db, async client => {
      const head = await headToTell(client, office)
      if (head === undefined) return
      const text = `Jejak audit sampai catatan ${head.number}: ${head.mark}. Biarkan pesan ini di grup; dengannya perubahan di kemudian hari ketahuan.`
      // Once for each number: a day on which nothing was done says nothing.
      const key = `audit/${office}/${head.number}`
      await storeTold(client, room.sealing, {
        key,
        office,
        to: { desk: 'general' },
        said: { type: 'notice', text },
        at: now,
      })
      await forgetEntries(client, room.sealing, { office, months: MONTHS }, now)
    })
  }
}
