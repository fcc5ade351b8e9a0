import type { Room } from '../actions/action.ts'
import { storeTold } from '../inbox/store-told.ts'
import { USUAL_DAYS } from '../offices/keeping-days.ts'
import { headToTell } from '../records/audit.ts'
import { type Db, transaction } from '../records/db.ts'
import { forgetEntries } from '../records/forget-audit.ts'
import { noteForgotten } from '../records/forgotten.ts'

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
    })
    await forgetLog(db, room, office, now)
  }
}

/** A few entries a transaction: whoever notes something down in the meantime waits for one of them at most. */
async function forgetLog(db: Db, room: Omit<Room, 'client'>, office: string, now: Date): Promise<void> {
  const days = (room.houseOf(office).office.keeping?.days ?? USUAL_DAYS).log
  for (let left = true; left; )
    left = await transaction(db, async client => {
      const gone = await forgetEntries(client, room.sealing, { office, days }, now)
      const rows = gone.map(at => ({ office, at }))
      await noteForgotten(client, 'log', rows)
      return gone.length > 0
    })
}
