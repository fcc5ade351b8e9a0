import type { Context } from 'hono'
import type { Room } from '../../actions/action.ts'
import type { House } from '../../offices/house.ts'
import type { Db, Queryable } from '../../records/db.ts'

/** What the pages for everybody work with. */
export type PublicDoor = {
  db: Db
  /** For what everybody may read: it may be a moment late. */
  reads: Queryable
  room: Omit<Room, 'client'>
  houses: ReadonlyMap<string, House>
  /** Whom a request is counted for, where guesses are. */
  client(c: Context): string
  now(): Date
}
