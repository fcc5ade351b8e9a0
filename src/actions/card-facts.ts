import type { CardFacts } from '../desk/card.ts'
import { dueLine } from '../desk/due-line.ts'
import { madeUpName, nameSource } from '../desk/made-up-name.ts'
import { openFields, openTaker, ticketKey } from '../records/ticket-words.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Scan } from '../records/virus-scan.ts'
import type { Room } from './action.ts'
import { fileIdsIn } from './attach-files.ts'

/** What a card of this ticket is made of, all but what was sent with it. */
export function cardFacts(room: Room, ticket: TicketRow): Omit<CardFacts, 'evidence'> {
  const { office, calendar } = room.houseOf(ticket.office)
  const key = ticketKey(room.sealing, ticket.id, ticket.wrapped_key)
  return {
    code: ticket.code,
    kind: ticket.kind,
    deskName: office.desks[ticket.desk]?.name ?? ticket.desk,
    status: ticket.status,
    restricted: ticket.restricted,
    anonymous: ticket.anonymous,
    confidential: ticket.confidential,
    due: dueLine(calendar, ticket),
    takenBy: openTaker(room.sealing, key, ticket.id, ticket.taken_by),
    citizen: madeUpName(room.sealing.hash('citizen name', ticket.office, ...nameSource(ticket))),
    postponed: ticket.postponed_until,
    fields: openFields(room.sealing, key, ticket.id, ticket.fields),
  }
}

const NOT_KEPT = 'dokumen; tidak disimpan pada laporan anonim'
const FILE_WORDS: Record<string, string> = {
  'application/pdf': '1 dokumen PDF',
  'audio/ogg': '1 pesan suara',
}
const VIRUS_WORDS = {
  clean: 'metadata tidak dihapus, virus diperiksa, tidak ditemukan',
  unscanned: 'metadata tidak dihapus, virus tidak diperiksa',
  infected: 'DITEMUKAN VIRUS, sehingga tidak dibuka di sini; mintalah fotonya',
}

/** What was sent with a ticket: its file's id, '' when there is none to be shown, and how a card calls it. */
export async function evidenceOf(
  room: Room,
  ticket: TicketRow,
  fields: Record<string, string>,
): Promise<{ id: string; words: string }> {
  const [wanted] = fileIdsIn(fields)
  if (wanted === undefined) return { id: '', words: '' }
  const gone = { id: '', words: ticket.anonymous ? NOT_KEPT : 'berkas, sudah tidak ada' }
  return (await fileOf(room, ticket, wanted)) ?? gone
}

/**
 * A file of this very ticket, and how it is called on a card: what was sent as it was keeps its metadata, and says so, and whether it was
 * scanned. One in which a virus was found has no id here: it is shown to nobody.
 */
export async function fileOf(
  room: Room,
  ticket: TicketRow,
  id: string,
): Promise<{ id: string; words: string } | undefined> {
  if (id === '') return undefined
  const { rows } = await room.client.query<{ mime: string; scan: Scan | null }>({
    name: 'file-of-ticket',
    text: 'select mime, scan from files where id = $1 and ticket_id = $2',
    values: [id, ticket.id],
  })
  const [row] = rows
  if (row === undefined) return undefined
  const what = FILE_WORDS[row.mime]
  if (what === undefined) return { id, words: '1 foto' }
  const words = `${what} (${VIRUS_WORDS[row.scan ?? 'unscanned']})`
  return { id: row.scan === 'infected' ? '' : id, words }
}
