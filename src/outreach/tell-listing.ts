import type { Room } from '../actions/action.ts'
import { changedListing, newListing, partsChanged, withdrawnListing } from '../desk/listing-words.ts'
import { addVersion, newAnnouncement, release, type Words } from '../records/announcements.ts'
import type { Audience } from '../records/audience.ts'
import { aboutOf, type Change } from './changes.ts'

/** Tells of one listing, as the next version of the announcement it has (`known`) or as the first of its own. */
export async function tellListing(
  { client }: Room,
  office: string,
  change: Change,
  { known, audience, now }: { known: string | undefined; audience: Audience; now: Date },
): Promise<void> {
  const { before, stands, now: told } = change
  if (stands ? before !== undefined && partsChanged(before, told).length === 0 : before === undefined) return
  const id = known ?? (await newAnnouncement(client, { office, about: aboutOf(change), desk: null }))?.id
  if (id === undefined) return
  const version = await addVersion(client, id, {
    words: wordsOf(change),
    audience,
    toNew: stands,
    listingVersion: change.version,
    by: { name: change.by, id: null },
    at: change.at,
  })
  await release(client, { id, version }, told.content.approved_by ?? change.by, now)
}

function wordsOf({ now, before, stands }: Change): Words {
  const say = (language: 'id' | 'en') => {
    if (!stands) return withdrawnListing(now, language)
    return before === undefined ? newListing(now, language) : changedListing(before, now, language)
  }
  return { id: say('id'), en: say('en') }
}
