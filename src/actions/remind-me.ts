import { asWritten } from '../conversation/as-written.ts'
import { happening } from '../desk/reminder-words.ts'
import { spokenMoment } from '../offices/spoken-moment.ts'
import { whenToRemind } from '../offices/when-to-remind.ts'
import { dueOf } from '../records/due-of.ts'
import { type DatedKind, datesOf } from '../records/listing-dates.ts'
import { forgetReminder, type Reminder, remember, remindersOf } from '../records/reminders.ts'
import type { Action, Outcome, Request, Room } from './action.ts'
import { zoneOf } from './zone-of.ts'

const LISTING = /^(vacancy|stage|agenda)\/(.+)$/s

/** *ingatkan saya*: notes which listing (`vacancy/ID`) somebody wants to be reminded of, and tells them when they will be. */
export const remindMe: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) outcomes.push({ result: await note(room, request) })
  return outcomes
}

async function note(room: Room, request: Request): Promise<Record<string, string>> {
  const { conversation, office: id, with: given, at } = request
  const { client } = room
  const { office } = room.houseOf(id)
  const [, kind, listingId = ''] = LISTING.exec(given.about ?? '') ?? []
  const dates = kind === undefined ? undefined : await datesOf(client, id, kind as DatedKind, listingId)
  if (dates === undefined || !dates.stands || kind === undefined) return { kind: 'gone' }
  const due = dueOf(kind as DatedKind, dates, at)
  if (due <= at) return { kind: 'gone' }
  const language = conversation.language === 'en' ? 'en' : 'id'
  const zone = await zoneOf(room, id, conversation.id)
  const text = `${happening(kind as DatedKind, dates, due, language)} ${spokenMoment(due, dates.zone, zone, language)}`
  if (conversation.channel === 'whatsapp' && office.linked_number_first_a_day === 0)
    return { kind: 'silent', text }
  const remindAt = whenToRemind(due, zone, office.quiet_hours, at)
  if (remindAt === undefined) return { kind: 'late', text }
  await remember(client, {
    office: id,
    conversationId: conversation.id,
    kind: kind as DatedKind,
    listingId,
    due,
    remindAt,
  })
  await client.query('update conversations set stopped = false where id = $1 and stopped', [conversation.id])
  return { kind: 'noted', text, when: spokenMoment(remindAt, zone, zone, language) }
}

/** What this chat is still to be reminded of. */
export const myReminders: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const request of requests) {
    const own = await remindersOf(room.client, request.conversation.id)
    const named: [string, string][] = []
    for (const reminder of own) named.push([`r${reminder.id}`, await nameOf(room, request, reminder)])
    outcomes.push({
      result: {
        count: String(own.length),
        text: named.map(([, name]) => `• ${name}`).join('\n'),
        options: Object.fromEntries(named),
      },
    })
  }
  return outcomes
}

/** Ends one of this chat's own. */
export const endReminder: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { conversation, with: given } of requests) {
    const id = Number(/^r(\d{1,15})$/.exec(given.id ?? '')?.[1])
    if (Number.isInteger(id)) await forgetReminder(room.client, conversation.id, id)
    outcomes.push({ result: {} })
  }
  return outcomes
}

async function nameOf(
  room: Room,
  { conversation, office }: Request,
  { kind, listingId, due }: Reminder,
): Promise<string> {
  const dates = await datesOf(room.client, office, kind, listingId)
  const zone = await zoneOf(room, office, conversation.id)
  return `${asWritten(dates?.title ?? listingId)}, ${spokenMoment(due, zone, zone, conversation.language)}`
}
