import { localTime } from '../lib/local-time.ts'
import { formatDay } from '../offices/due-date.ts'
import { REASONS, STATUS_WORDS, WORKING } from '../records/statuses.ts'
import { historyOf } from '../records/ticket-history.ts'
import { openEvent, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Room } from './action.ts'

/** What the office has done, in the citizen's words; who did it is the desk, never a person. */
const HAPPENED: Record<string, { id: string; en: string }> = {
  opened: { id: 'Laporan diterima', en: 'Report received' },
  taken: { id: 'Mulai ditangani', en: 'Work began' },
  replied: { id: 'Jawaban kantor', en: 'Answer of the office' },
  corrected: { id: 'Jawaban kantor, diperbaiki', en: 'Answer of the office, corrected' },
  asked: { id: 'Kantor meminta kelengkapan', en: 'The office asked for more' },
  forwarded: { id: 'Diteruskan ke unit terkait', en: 'Passed on to the unit concerned' },
  declined: { id: 'Tidak dapat dilanjutkan', en: 'Could not be taken further' },
  not_ours: { id: 'Bukan kewenangan kantor ini', en: 'Not this office’s authority' },
  resolved: { id: 'Dinyatakan selesai', en: 'Closed' },
  reopened: { id: 'Dibuka kembali', en: 'Reopened' },
  talked: { id: 'Petugas, dalam percakapan', en: 'Staff, in a conversation' },
  said: { id: 'Bapak/Ibu, dalam percakapan', en: 'You, in a conversation' },
  postponed: { id: 'Ditunda sampai', en: 'Put off until' },
  added: { id: 'Tambahan dari Bapak/Ibu', en: 'Added by you' },
  solved: { id: 'Bapak/Ibu menyatakan selesai', en: 'You said it is solved' },
  followed: {
    id: 'Ditangani bersama laporan lain tentang hal yang sama',
    en: 'Handled together with others',
  },
  parted: { id: 'Kembali ditangani tersendiri', en: 'Handled by itself again' },
  unsolved: { id: 'Bapak/Ibu menyatakan belum selesai', en: 'You said it is not solved' },
  elsewhere: {
    id: 'Diteruskan ke SP4N-LAPOR!, nomor pelacakan',
    en: 'Passed on to SP4N-LAPOR!, tracking id',
  },
  lapsed: { id: 'Ditutup karena tidak ada tanggapan', en: 'Closed as nothing more was heard' },
  withdrawn: { id: 'Ditarik oleh Bapak/Ibu', en: 'You withdrew it' },
}

/** Last lines of a history shown in a chat; the whole of it is for the portal. */
const LINES = 8

export async function statusText(
  room: Room,
  ticket: TicketRow,
  { language, due }: { language: string; due: string },
): Promise<string> {
  const speak = language === 'en' ? 'en' : 'id'
  const { zone } = room.houseOf(ticket.office).office
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  const history = await historyOf(room.client, ticket.id, 'citizen')
  const lines = history.slice(-LINES).map(({ type, sealed, happened_at }) => {
    const { text = '' } = openEvent(room.sealing, key, ticket.id, sealed)
    const what = HAPPENED[type]?.[speak] ?? type
    const when = formatDay(localTime(zone, happened_at).slice(0, 10), language)
    const said = text === '' ? '' : `${type === 'postponed' ? '' : '.'} ${text}`
    return `• ${when}: ${what}${said}`
  })
  const reason = ticket.reason === null ? '' : ` (${REASONS[ticket.reason]?.[speak] ?? ticket.reason})`
  const status = `${STATUS_WORDS[ticket.status][speak]}${reason}`
  const expect =
    due === '' || !WORKING.includes(ticket.status)
      ? []
      : [speak === 'en' ? `First answer expected by ${due}.` : `Perkiraan jawaban pertama: ${due}.`]
  return [`${ticket.code}: *${status}*`, ...lines, ...expect].join('\n')
}
