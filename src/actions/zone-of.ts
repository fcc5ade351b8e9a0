import { setZone, zonesOf } from '../records/zones.ts'
import type { Action, Outcome, Room } from './action.ts'

/** The national time zones, as citizens call them: Keppres 41/1987. */
const ZONES: Record<string, string> = { wib: 'Asia/Jakarta', wita: 'Asia/Makassar', wit: 'Asia/Jayapura' }

/** Where a citizen said they are, or where their office is. */
export async function zoneOf(room: Room, office: string, conversationId: string): Promise<string> {
  const zones = await zonesOf(room.client, [conversationId])
  return zones.get(conversationId) ?? room.houseOf(office).office.zone
}

/** Notes where a citizen is, so that times are told as the walls around them show them. */
export const setCitizenZone: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { conversation, with: given } of requests) {
    const zone = ZONES[given.zone ?? '']
    if (zone !== undefined) await setZone(room.client, conversation.id, zone)
    outcomes.push({ result: { zone: (given.zone ?? '').toUpperCase() } })
  }
  return outcomes
}
