import type { Room } from '../actions/action.ts'
import { storeTold } from '../inbox/store-told.ts'
import type { Db } from '../records/db.ts'

/** Conversations looked at in one go; the rest is found a minute later. */
const MOST = 500

/**
 * Lets conversations know that nobody wrote for as long as their office waits. A silence is told once: the same one has
 * the same key and falls away. Nobody who said STOP is reminded of a draft; a talk with staff is not theirs to be silent
 * in, it is looked at by itself. A draft that was put aside is not reminded of either, only forgotten in its time.
 */
export async function tellSilences(db: Db, room: Omit<Room, 'client'>, at: Date): Promise<number> {
  const { rows } = await db.pool.query<{ id: string; office: string; updated_at: Date }>(
    `select id, office, updated_at from conversations
     where (waiting = 'staff' or waiting in ('reply', 'action') and not stopped) and updated_at < now() - interval '1 hour'
       and not exists (select 1 from talks where conversation_id = conversations.id)
     order by updated_at limit $1`,
    [MOST],
  )
  let told = 0
  for (const { id, office, updated_at } of rows) {
    const hours = room.houseOf(office).book.house.silence.hours
    if (at.getTime() - updated_at.getTime() < hours * 3_600_000) continue
    const said = { type: 'silence' }
    const tell = {
      key: `silence/${id}/${updated_at.getTime()}`,
      office,
      to: { conversationId: id },
      said,
      at,
    }
    if (await storeTold(db.pool, room.sealing, tell)) told += 1
  }
  return told
}
