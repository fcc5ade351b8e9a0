import type { Room, Tell } from '../actions/action.ts'
import { inviteSurvey } from '../actions/invite-survey.ts'
import { languageOf } from '../actions/language-of.ts'
import { isPast } from '../actions/reply-period.ts'
import { tellFollowers } from '../actions/tell-followers.ts'
import { storeTold } from '../inbox/store-told.ts'
import { officeTime } from '../offices/office-time.ts'
import { type Answered, answeredTickets } from '../records/answered.ts'
import { type Db, transaction } from '../records/db.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { maySend } from './look-at-clock.ts'

/** Tickets closed in one transaction; the rest follows at once. */
const AT_ONCE = 200

type Without = Omit<Room, 'client'>

/**
 * Closes tickets whose citizen was answered and has not said within the office's `citizen_reply` that it is not solved. They and
 * whoever follows are told once, in working hours alone: until then the ticket stays as it is. Gives how many were closed.
 */
export async function closeUnanswered(
  db: Db,
  without: Without,
  offices: Iterable<string>,
  now: Date,
): Promise<number> {
  let closed = 0
  for (const office of offices) {
    const { office: whose, calendar } = without.houseOf(office)
    if (!maySend(officeTime(whose, calendar), now)) continue
    for (let round = AT_ONCE; round === AT_ONCE; closed += round)
      round = await transaction(db, client => closeSome({ ...without, client }, office, now))
  }
  return closed
}

/** Closing and telling it are one transaction: that makes it once. */
async function closeSome(room: Room, office: string, now: Date): Promise<number> {
  const house = room.houseOf(office)
  const waiting = await answeredTickets(room.client, office, AT_ONCE)
  const over = waiting.filter(({ answered_at }) => isPast(house, answered_at, now))
  for (const ticket of over) {
    const { zone } = house.office
    const lapsed = { type: 'lapsed', visible: true, sealed: null, at: now, zone }
    await recordEvent(room.client, ticket, lapsed, { status: 'closed' })
    await inviteSurvey(room, ticket, now)
    for (const tell of await lapsedTells(room, ticket, now)) await storeTold(room.client, room.sealing, tell)
  }
  return over.length
}

async function lapsedTells(room: Room, ticket: Answered, now: Date): Promise<Tell[]> {
  const { id, code, conversation_id, answered_at } = ticket
  const key = `lapsed/${id}/${answered_at.getTime()}`
  const followers = await tellFollowers(room, { key, at: now }, ticket, {
    type: 'lapsed',
    text: '',
    more: {},
    sentence: follower => ({ kind: 'told', text: lapsedText(follower) }),
  })
  if (conversation_id === null) return followers
  const language = await languageOf(room.client, conversation_id)
  const said = { type: 'staff_wrote', ticket: code, kind: 'told', text: lapsedText({ code, language }) }
  return [
    { key, office: ticket.office, to: { conversationId: conversation_id }, said, at: now },
    ...followers,
  ]
}

function lapsedText({ code, language }: { code: string; language: string }): string {
  return language === 'en'
    ? `Your report ${code} was answered and we have heard nothing more, so we have closed it. Thank you for reporting. If the problem is still there, type *not solved*.`
    : `Laporan ${code} sudah dijawab dan belum ada tanggapan lagi, jadi laporan ini kami tutup. Terima kasih sudah melapor. Bila masalahnya masih ada, ketik *belum selesai*.`
}
