import { randomUUID } from 'node:crypto'
import { REASONS } from '../records/statuses.ts'
import { readTicketCode } from '../records/ticket-code.ts'
import type { Seat } from './door.ts'
import { showWorkList } from './work-list-page.ts'
import { workOnTicket } from './work-on-ticket.ts'

/** One page of the list. */
const MOST = 50

/** Closes several tickets for one reason, each as if by itself: who cannot be closed is named, and stays as it is. */
export async function closeMany(seat: Seat): Promise<Response> {
  const { t, form } = seat
  const reason = form.of('reason')
  const codes = [...new Set(form.all('codes').flatMap(code => readTicketCode(code) ?? []))].slice(0, MOST)
  if (codes.length === 0 || !Object.hasOwn(REASONS, reason))
    return showWorkList(seat, {
      text: t('Pilih laporan dan alasannya dahulu.', 'Select tickets and a reason first.'),
      good: false,
    })
  const refused: string[] = []
  for (const code of codes) {
    const done = await workOnTicket(seat, { code, verb: 'decline', words: reason, key: randomUUID() })
    if (done.is !== 'done') refused.push(code)
  }
  const closed = codes.length - refused.length
  const text =
    refused.length === 0
      ? t(
          `${closed} laporan ditutup; pelapornya diberi tahu.`,
          `${closed} tickets closed; their citizens are told.`,
        )
      : t(
          `${closed} laporan ditutup. Tidak dapat ditutup: ${refused.join(', ')}.`,
          `${closed} tickets closed. Not closed: ${refused.join(', ')}.`,
        )
  return showWorkList(seat, { text, good: refused.length === 0 })
}
