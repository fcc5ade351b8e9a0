import type { Calendar } from '../offices/calendar.ts'
import { formatDue } from '../offices/due-date.ts'
import { type Status, WORKING } from '../records/statuses.ts'

/** Until when the office has promised what, as a card says it; '' when nothing is waited for or it is being reckoned. */
export function dueLine(
  calendar: Calendar,
  ticket: { status: Status; answer_due: string | null; resolve_due: string | null },
): string {
  if (ticket.status === 'waiting_citizen') return 'Batas waktu berhenti selama menunggu pelapor'
  if (!WORKING.includes(ticket.status)) return ''
  const { answer_due, resolve_due } = ticket
  const promises = [
    ...(answer_due === null
      ? []
      : [`jawaban pertama paling lambat ${formatDue(calendar, answer_due, 'id')}`]),
    ...(resolve_due === null ? [] : [`selesai paling lambat ${formatDue(calendar, resolve_due, 'id')}`]),
  ].join('; ')
  return promises.charAt(0).toUpperCase() + promises.slice(1)
}
