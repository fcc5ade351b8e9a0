import type { Room } from '../actions/action.ts'
import { tellPromoted } from '../actions/cancel-registration.ts'
import { storeTold } from '../inbox/store-told.ts'
import { fillRaised } from '../records/registrations.ts'
import type { Changed } from './changes.ts'

/** Gives places an agenda item has more of now to those who wait for them, and tells them so. */
export async function fillPlacesOf(room: Room, office: string, last: Changed, now: Date): Promise<void> {
  if (last.kind !== 'agenda' || last.content.approved_by === null) return
  if (!last.parts.has('places') && !last.parts.has('withdrawn')) return
  const promoted = await fillRaised(room.client, { office, agenda: last.id }, now)
  const key = `agenda/${office}/${last.id}/${last.version}`
  for (const tell of await tellPromoted(room, { key, office, at: now }, promoted))
    await storeTold(room.client, room.sealing, tell)
}
