import type { Room } from '../actions/action.ts'
import { reachOf } from '../actions/reach.ts'
import { reminderText } from '../desk/reminder-words.ts'
import { REMINDER } from '../outbox/pace.ts'
import { putFirst } from '../outreach/put-first.ts'
import { type Db, transaction } from '../records/db.ts'
import { datesOf } from '../records/listing-dates.ts'
import { type DueReminder, forgetPastReminders, takeDue } from '../records/reminders.ts'
import { zonesOf } from '../records/zones.ts'

/** Reminders taken in one transaction. */
const AT_ONCE = 200
/** Days a reminder is kept after its date: until then a change of it is still told. */
const KEPT_DAYS = 30
const DAY_MS = 86_400_000

/** Puts each reminder whose moment has come into the outbox, once; of what is over or stands no more nothing is said. Gives how many. */
export async function sendReminders(
  db: Db,
  room: Omit<Room, 'client'>,
  offices: Iterable<string>,
  now: Date,
): Promise<number> {
  let sent = 0
  for (const office of offices) {
    for (let taken = AT_ONCE; taken === AT_ONCE; ) {
      const pass = await transaction(db, client => remind({ ...room, client }, office, now))
      taken = pass.taken
      sent += pass.sent
    }
  }
  await forgetPastReminders(db.pool, new Date(now.getTime() - KEPT_DAYS * DAY_MS))
  return sent
}

async function remind(room: Room, office: string, now: Date): Promise<{ taken: number; sent: number }> {
  const { client } = room
  const due = await takeDue(client, await reachOf(room, office), now, AT_ONCE)
  const zones = await zonesOf(
    client,
    due.map(({ conversationId }) => conversationId),
  )
  const all = []
  for (const reminder of due) {
    const zone = zones.get(reminder.conversationId) ?? room.houseOf(office).office.zone
    const text = await textOf(room, reminder, zone, now)
    const { id, conversationId, channel, seq, wrappedKey } = reminder
    const key = `${conversationId}/remind/${id}/${reminder.due.getTime()}`
    if (text !== undefined)
      all.push({ conversationId, channel, seq, wrappedKey, key, body: { text, title: REMINDER } })
  }
  if (all.length > 0) await putFirst(room, office, all)
  return { taken: due.length, sent: all.length }
}

async function textOf(
  { client, houseOf }: Room,
  { office, kind, listingId, due, language }: DueReminder,
  zone: string,
  now: Date,
): Promise<string | undefined> {
  const dates = await datesOf(client, office, kind, listingId)
  if (dates === undefined || !dates.stands || due <= now) return undefined
  return reminderText(houseOf(office), kind, dates, { due, zone, language: language === 'en' ? 'en' : 'id' })
}
