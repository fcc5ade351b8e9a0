import { toldCitizen } from '../desk/citizen-words.ts'
import { readPostponed } from '../desk/postponed-day.ts'
import { localTime } from '../lib/local-time.ts'
import { addDays } from '../lib/working-days.ts'
import { formatDay } from '../offices/due-date.ts'
import { postpone } from '../records/postponed.ts'
import { recordEvent } from '../records/ticket-history.ts'
import { sealEvent } from '../records/ticket-words.ts'
import type { Outcome, Tell } from './action.ts'
import { askAgain } from './ask-again.ts'
import { deskSaid, type Work } from './desk-said.ts'
import { languageOf } from './language-of.ts'
import { afterWork } from './tell-followers.ts'

/**
 * *tunda*: not before a day, for a reason the citizen is told. The ticket comes back to the desk on that day; what was promised
 * for it goes on running, since putting off is no answer.
 */
export async function postponeTicket(work: Work): Promise<Outcome> {
  const { room, request, ticket, key, staff, words } = work
  const { office, book } = room.houseOf(request.office)
  const today = localTime(office.zone, request.at)
  const read = readPostponed(words, today)
  const { days } = book.house.postpone
  const wrong = whyNot(read, addDays(today.slice(0, 10), days), days)
  if (read === undefined || wrong !== undefined)
    return askAgain(request, ticket, 'postpone', `${ticket.code}: ${wrong}`)
  const { day, reason } = read
  await recordEvent(room.client, ticket, {
    type: 'postponed',
    visible: true,
    sealed: sealEvent(room.sealing, key, ticket.id, {
      by: staff,
      text: `${formatDay(day, 'id')}: ${reason}`,
    }),
    at: request.at,
    zone: office.zone,
  })
  await postpone(room.client, ticket.id, day)
  const told =
    ticket.conversation_id === null ? 'Pelapor membacanya lewat tanda terima.' : 'Pelapor diberi tahu.'
  const text = `${ticket.code} ditunda ${staff} sampai ${formatDay(day, 'id')}; hari itu kami ingatkan di sini. Batas waktunya tetap berjalan. ${told}`
  const followed = `${formatDay(day, 'id')}. Alasannya: ${reason}`
  return {
    ...deskSaid(ticket, text),
    tells: [
      ...(await tells(work, day, reason)),
      ...(await afterWork(room, request, ticket, { verb: 'postpone', words: followed, type: 'postponed' })),
    ],
  }
}

const EXAMPLE = 'Contoh: 2 Desember menunggu berkas dari kecamatan'

function whyNot(read: ReturnType<typeof readPostponed>, last: string, days: number): string | undefined {
  if (read === undefined) return `sampai tanggal berapa? Harus sesudah hari ini. ${EXAMPLE}.`
  if (read.day > last) return `paling lama ${days} hari, yaitu sampai ${formatDay(last, 'id')}.`
  return read.reason.length < 3 ? `apa alasannya? Pelapor akan membacanya. ${EXAMPLE}.` : undefined
}

async function tells({ room, request, ticket }: Work, day: string, reason: string): Promise<Tell[]> {
  if (ticket.conversation_id === null) return []
  const language = await languageOf(room.client, ticket.conversation_id)
  const words = `${formatDay(day, language)}. ${language === 'en' ? 'The reason' : 'Alasannya'}: ${reason}`
  const told = toldCitizen('postpone', { code: ticket.code, words, language })
  if (told === undefined) return []
  return [
    {
      key: `${request.key}/wrote`,
      office: ticket.office,
      to: { conversationId: ticket.conversation_id },
      said: { type: 'staff_wrote', ticket: ticket.code, ...told },
      at: request.at,
    },
  ]
}
