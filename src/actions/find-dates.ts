import { asWritten } from '../conversation/as-written.ts'
import { plain } from '../conversation/plain.ts'
import { spokenMoment } from '../offices/spoken-moment.ts'
import { datedListings } from '../records/dated-listings.ts'
import type { Action, Outcome } from './action.ts'
import { zoneOf } from './zone-of.ts'

/** Options that can be read at once. */
const MOST = 8
/** Words that say which kind of thing or nothing at all. */
const LOOSE = new Set(
  'semua saya tentang penutupan tanggal jadwal lowongan tahap tahapan acara agenda yang untuk all about the date of vacancy stage event'.split(
    ' ',
  ),
)

/** What somebody may want to be reminded of: listings with a date to come whose names hold what they typed. */
export const findDates: Action = async (room, requests) => {
  const outcomes: Outcome[] = []
  for (const { conversation, office, with: given, at } of requests) {
    const words = plain(given.what ?? '')
      .split(' ')
      .filter(word => word !== '' && !LOOSE.has(word))
    const found = await datedListings(room.client, office, words, {
      now: at,
      most: MOST,
      examples: room.vacancies.examples,
    })
    const zone = await zoneOf(room, office, conversation.id)
    outcomes.push({
      result: {
        count: String(found.length),
        options: Object.fromEntries(
          found.map(({ kind, id, title, due }) => [
            `${kind}/${id}`,
            `${asWritten(title)}, ${spokenMoment(due, zone, zone, conversation.language)}`,
          ]),
        ),
      },
    })
  }
  return outcomes
}
