import type { Room } from '../actions/action.ts'
import { whenToRemind } from '../offices/when-to-remind.ts'
import { dueOf } from '../records/due-of.ts'
import { type DatedKind, datesOf } from '../records/listing-dates.ts'
import { moveReminders, remindersAbout } from '../records/reminders.ts'
import { zonesOf } from '../records/zones.ts'

/**
 * Moves all reminders of a listing with its dates. Of what stands no more nobody is reminded; what they are told of that is the
 * announcement's. One that went out already goes out again before the new date.
 */
export async function replan(
  room: Room,
  office: string,
  kind: DatedKind,
  listingId: string,
  now: Date,
): Promise<void> {
  const { client } = room
  const reminders = await remindersAbout(client, office, kind, listingId)
  if (reminders.length === 0) return
  const dates = await datesOf(client, office, kind, listingId)
  const { office: house } = room.houseOf(office)
  const zones = await zonesOf(
    client,
    reminders.map(({ conversationId }) => conversationId),
  )
  const changed = reminders.flatMap(({ id, conversationId, due }) => {
    if (dates === undefined || !dates.stands) return [{ id, due, remindAt: null }]
    const moved = dueOf(kind, dates, now)
    if (moved.getTime() === due.getTime()) return []
    const zone = zones.get(conversationId) ?? house.zone
    return [{ id, due: moved, remindAt: whenToRemind(moved, zone, house.quiet_hours, now) ?? null }]
  })
  await moveReminders(client, changed)
}
