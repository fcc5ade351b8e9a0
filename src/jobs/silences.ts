import type { Room } from '../actions/action.ts'
import { storeTold } from '../inbox/store-told.ts'
import type { Db } from '../records/db.ts'

/** Conversations looked at in one go; the rest is found a minute later. */
const MOST = 500

/**
 * Lets conversations know that nobody wrote for as long as their office waits. A silence is told once for each turn: the
 * same silence again has the same key and falls away.
 */
export async function tellSilences(db: Db, room: Omit<Room, 'client'>, at: Date): Promise<number> {
  const { rows } = await db.pool.query<{ id: string; office: string; turn: number; updated_at: Date }>(
    `select id, office, turn, updated_at from conversations
     where waiting is not null and updated_at < now() - interval '1 hour' order by updated_at limit $1`,
    [MOST],
  )
  let told = 0
  for (const { id, office, turn, updated_at } of rows) {
    const hours = room.houseOf(office).book.house.silence.hours
    if (at.getTime() - updated_at.getTime() < hours * 3_600_000) continue
    const said = { type: 'silence' }
    const tell = { key: `silence/${id}/${turn}`, office, to: { conversationId: id }, said, at }
    if (await storeTold(db.pool, room.sealing, tell)) told += 1
  }
  return told
}
