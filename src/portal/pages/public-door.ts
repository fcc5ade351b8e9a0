import type { Context } from 'hono'
import type { Room } from '../../actions/action.ts'
import type { PlainChat } from '../../channels/web/plain-chat.ts'
import type { OwnOrigin } from '../../dashboard/same-origin.ts'
import type { House } from '../../offices/house.ts'
import type { Db, Queryable } from '../../records/db.ts'

/** The web chat, for its page without script. */
export type ChatDoor = OwnOrigin & { talk: PlainChat }

/** What the pages for everybody work with. */
export type PublicDoor = {
  db: Db
  /** For what everybody may read: it may be a moment late. */
  reads: Queryable
  room: Omit<Room, 'client'>
  houses: ReadonlyMap<string, House>
  /** Where there is none, its page is not there. */
  chat?: ChatDoor
  /** Whom a request is counted for. */
  client(c: Context): string
  now(): Date
}
