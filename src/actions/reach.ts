import { allowedAddresses } from '../records/allowed.ts'
import type { Reach } from '../records/announced.ts'
import type { Room } from './action.ts'

/** Who of an office's citizens may be told something first, as it is configured. */
export async function reachOf(room: Room, office: string): Promise<Reach> {
  const { linked_number_first_a_day } = room.houseOf(office).office
  return {
    office,
    linked: linked_number_first_a_day > 0,
    only: room.isTrial === true ? await allowedAddresses(room.client, room.sealing, office) : undefined,
  }
}
