import type { Room } from '../actions/action.ts'
import { reachOf } from '../actions/reach.ts'
import { isEarlierOpen, learn, plan, takeBack, whoHad, whoWaited } from '../records/announced.ts'
import { moveOn, type Version } from '../records/announcements.ts'
import type { DatedKind } from '../records/listing-dates.ts'
import { registeredFor } from '../records/registered-for.ts'
import { remindersAbout } from '../records/reminders.ts'
import { subscribersTo } from '../records/subscriptions.ts'
import { schoolingBy } from '../vacancies/schooling.ts'

/**
 * Begins a version whose time has come: its recipients are written down, each once. The first goes to those who asked for it. A later
 * one goes to exactly those who had an earlier one, or may have had it, as a correction; to those whose turn had not come as news; and
 * where it says so to those who have asked since. False while something of an earlier version is with its platform still: nobody knows yet who had it.
 */
export async function begin(room: Room, version: Version, now: Date): Promise<boolean> {
  const { client } = room
  if (version.version > 1) {
    const earlier = Array.from({ length: version.version - 1 }, (_, n) => ({
      id: version.id,
      version: n + 1,
    }))
    for (const one of earlier) {
      await moveOn(client, one, ['draft', 'approved', 'sending'], 'replaced', now)
      await takeBack(client, one, 'replaced')
      await learn(client, one)
    }
    if (await isEarlierOpen(client, version)) return false
  }
  if (!(await moveOn(client, version, ['approved'], 'sending', now))) return false
  const reach = await reachOf(room, version.office)
  if (version.version > 1) {
    await plan(client, version, await whoHad(client, version), reach, true)
    await plan(client, version, await whoWaited(client, version), reach, false)
  }
  const waiting = await whoIsReminded(room, version)
  await plan(client, version, waiting.told, reach, true)
  await plan(client, version, waiting.untold, reach, false)
  await plan(client, version, await whoRegistered(room, version), reach, true)
  if (version.toNew) {
    const isSchooling = schoolingBy(room.vacancies.education)
    const asked = await subscribersTo(client, version.office, version.audience, isSchooling)
    await plan(client, version, asked, reach, false)
  }
  return true
}

/** Chats that wanted to be reminded of the listing this is about: they asked about it as well, and know that there is one. */
async function whoIsReminded({ client }: Room, { office, about, listingVersion }: Version) {
  const [, kind, id = ''] = /^(vacancy|stage|agenda)\/(.+)$/s.exec(about ?? '') ?? []
  const isNew = (listingVersion ?? 1) === 1
  const all = kind === undefined || isNew ? [] : await remindersAbout(client, office, kind as DatedKind, id)
  const chats = (reminders: typeof all) => reminders.map(({ conversationId }) => conversationId)
  return {
    told: chats(all.filter(({ toldDue }) => toldDue !== null)),
    untold: chats(all.filter(({ toldDue }) => toldDue === null)),
  }
}

/** Chats that are registered for the agenda item this is about: they planned their day by what it said then. */
async function whoRegistered({ client }: Room, { office, about }: Version): Promise<string[]> {
  const [, id] = /^agenda\/(.+)$/s.exec(about ?? '') ?? []
  return id === undefined ? [] : registeredFor(client, office, id)
}
