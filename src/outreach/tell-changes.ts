import type { Room } from '../actions/action.ts'
import { aboutListings, addVersion, newAnnouncement, release } from '../records/announcements.ts'
import type { Audience } from '../records/audience.ts'
import { listingChangesSince, stoodIn } from '../records/listing-changes.ts'
import type { SelectionKind } from '../records/listings.ts'
import { listingOf } from '../records/listings-of.ts'
import { registeredAmong } from '../records/registered-for.ts'
import { remindedOf } from '../records/reminders.ts'
import { nowTold, toldUpTo } from '../records/told-changes.ts'
import { audienceOf } from './audience-of.ts'
import { aboutOf, type Changed, changeOf, lastOfEach, toldOf } from './changes.ts'
import { audienceOfCrowd, type Crowd, crowdFor, FEW, isNews, join } from './crowd-of-changes.ts'
import { fillPlacesOf } from './fill-raised.ts'
import { replan } from './replan.ts'
import { summaryOf } from './summary.ts'
import { tellListing } from './tell-listing.ts'

/** Changes read at once. */
const PAGE = 2_000

/**
 * Tells whom it concerns what has changed in an office's listings since they were last told. A listing that somebody was told of, or
 * wants to be reminded of or is registered for, has an announcement of its own, whose versions follow it; of many others at once one message says how many.
 * Call it in a transaction; it gives how many changes there were.
 */
export async function tellChanges(room: Room, office: string, now: Date): Promise<number> {
  const { client } = room
  const { examples } = room.vacancies
  const from = await toldUpTo(client, office)
  if (from === undefined) return 0
  const crowds = new Map<string, Crowd>()
  const audienceFor = audiences(room, office)
  let [to, count] = [from, 0]
  for (;;) {
    const changes = await listingChangesSince(client, office, to, PAGE)
    const last = lastOfEach(changes)
    const abouts = last.map(aboutOf)
    const known = await aboutListings(client, office, abouts)
    const reminded = await remindedOf(client, office, abouts)
    const registered = await registeredAmong(client, office, abouts)
    const stood = await stoodIn(client, office, last)
    for (const one of last) {
      const about = aboutOf(one)
      const announced = known.get(about)
      if (reminded.has(about)) await replan(room, office, one.kind, one.id, now)
      if (registered.has(about)) await fillPlacesOf(room, office, one, now)
      if (announced !== undefined || reminded.has(about) || registered.has(about)) {
        const change = await changeOf(client, one, { told: announced?.told ?? null, from, examples })
        const audience = await audienceFor(one)
        await tellListing(room, office, change, { known: announced?.id, audience, now })
      } else if (isNews(one, { stood: stood.has(about), examples, now })) {
        const audience = await audienceFor(one)
        join(crowdFor(crowds, one.kind, audience), one, { audience, stood: stood.has(about) })
      }
    }
    count += changes.length
    to = changes.at(-1)?.number ?? to
    if (changes.length < PAGE) break
  }
  for (const [name, crowd] of crowds) {
    if (crowd.fresh + crowd.changed > FEW)
      await tellTogether(room, office, crowd, { now, about: `summary/${name}/${to}` })
    else
      for (const one of crowd.few) {
        const change = await changeOf(client, one, { told: null, from, examples })
        await tellListing(room, office, change, { known: undefined, audience: await audienceFor(one), now })
      }
  }
  await nowTold(client, office, to)
  return count
}

/** Whom a listing concerns; the kind of each round is asked for once. */
function audiences({ client }: Room, office: string): (last: Changed) => Promise<Audience> {
  const kinds = new Map<string, SelectionKind | ''>()
  return async last => {
    const told = toldOf(last)
    if (told.kind !== 'stage') return audienceOf(told, '')
    const { round } = told.content
    const kind = kinds.get(round) ?? (await listingOf(client, office, 'round', round))?.kind ?? ''
    kinds.set(round, kind)
    return audienceOf(told, kind)
  }
}

async function tellTogether(
  { client }: Room,
  office: string,
  crowd: Crowd,
  { now, about }: { now: Date; about: string },
): Promise<void> {
  const made = await newAnnouncement(client, { office, about, desk: null })
  const [first] = crowd.few
  if (made === undefined || first === undefined) return
  const version = await addVersion(client, made.id, {
    words: summaryOf(crowd),
    audience: audienceOfCrowd(crowd),
    toNew: true,
    by: { name: first.by, id: null },
    at: first.at,
  })
  await release(client, { id: made.id, version }, first.content.approved_by ?? first.by, now)
}
