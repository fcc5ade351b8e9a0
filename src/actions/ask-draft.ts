import { isRestrictedDesk } from '../offices/desk-for.ts'
import { putAsks } from '../records/model-asks.ts'
import type { Outcome } from './action.ts'
import { deskSaid, type Work } from './desk-said.ts'

/** `konsep`: staff want a draft of an answer. It comes later, to this desk, and nothing is sent by it. */
export async function askDraft({ room, ticket }: Work): Promise<Outcome> {
  const { id: ticketId, office, code, conversation_id: whose } = ticket
  if (room.hasModel !== true)
    return deskSaid(ticket, `Konsep untuk ${code} tidak dapat dibuat: model bahasa tidak dipasang di sini.`)
  const isClosed = ticket.restricted || ticket.anonymous || ticket.confidential
  if (isClosed || whose === null || isRestrictedDesk(room.houseOf(office).office, ticket.desk))
    return deskSaid(ticket, `${code} bersifat terbatas: isinya tidak diperlihatkan kepada mesin.`)
  await putAsks(room.client, room.sealing, [
    { office, purpose: 'draft', whose, conversationId: null, ticketId, about: {} },
  ])
  return deskSaid(ticket, `Konsep jawaban untuk ${code} sedang disiapkan; sebentar lagi muncul di sini.`)
}
