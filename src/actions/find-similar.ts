import { localTime } from '../lib/local-time.ts'
import { deskFor } from '../offices/desk-for.ts'
import { formatDay } from '../offices/due-date.ts'
import { findSimilar } from '../records/duplicates.ts'
import type { Action, Request, Room } from './action.ts'
import { KINDS } from './open-ticket.ts'
import { mayBeShared, wordsOfReport } from './shared-report.ts'

/**
 * Reports of others that may be about the same matter. Of each nothing is shown but its code, the day it came, and that it is of
 * the topic the citizen chose: its words are another person's. What is not open to all neither finds nor is found.
 */
export const findSimilarReports: Action = async (room, requests) => {
  const plain = requests
    .map((request, n) => ({ request, n }))
    .filter(({ request }) => mayBeShared(request.with))
  const found = await findSimilar(
    room.client,
    plain.map(({ request }) => wanted(room, request)),
  )
  const options = requests.map((): Record<string, string> => ({}))
  for (const [k, { request, n }] of plain.entries()) {
    const { zone } = room.houseOf(request.office).office
    const { language } = request.conversation
    for (const { code, opened_at } of found[k] ?? []) {
      const day = formatDay(localTime(zone, opened_at).slice(0, 10), language)
      const came = language === 'en' ? `Follow ${code}, received ${day}` : `Ikut ${code}, masuk ${day}`
      Object.assign(options[n] ?? {}, { [code]: came })
    }
  }
  return options.map(offered => ({
    result: { found: Object.keys(offered).length > 0 ? 'ya' : 'tidak', options: offered },
  }))
}

function wanted(room: Room, request: Request) {
  const { office } = room.houseOf(request.office)
  return {
    office: request.office,
    kind: KINDS[request.with.topic ?? ''] ?? 'complaint',
    conversationId: request.conversation.id,
    restrictedDesk: deskFor(office, { restricted: true, anonymous: false, confidential: false }),
    words: wordsOfReport(room, request),
  }
}
