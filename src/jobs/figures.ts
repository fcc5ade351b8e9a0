import type { Room } from '../actions/action.ts'
import { type Db, transaction } from '../records/db.ts'
import { reckonFigures } from '../records/figures.ts'

/** In which minute of the hour all is counted again that may have come late. */
const WHOLE_AT = 7

/** Counts again what changed, office by office, each in a transaction of its own: a reader sees the old figures or the new ones. */
export async function countFigures(
  db: Db,
  room: Pick<Room, 'houseOf'>,
  offices: Iterable<string>,
  now: Date,
): Promise<void> {
  for (const id of offices) {
    const { zone, desks } = room.houseOf(id).office
    const how = now.getUTCMinutes() === WHOLE_AT ? 'whole' : 'quick'
    await transaction(db, client => reckonFigures(client, { id, zone, desks: Object.keys(desks) }, now, how))
  }
}
