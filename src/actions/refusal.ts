import { VERBS, type VerbName } from '../desk/verbs.ts'
import { isRestrictedDesk } from '../offices/desk-for.ts'
import { leadOf } from '../records/followers.ts'
import { REASONS, STATUS_WORDS, type Status } from '../records/statuses.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Request, Room } from './action.ts'
import { mayGo } from './may-go.ts'

/** What may still be done with a report that was joined to another. */
const ASIDE: ReadonlySet<VerbName> = new Set<VerbName>([
  'note',
  'look',
  'who',
  'part',
  'talk',
  'release',
  'block',
  'unblock',
])

/** Why a verb is not for this ticket as it stands, whatever is typed along; undefined when it is. */
export async function barred(
  room: Room,
  ticket: TicketRow,
  verb: VerbName,
  { takenBy, staff }: { takenBy: string | undefined; staff: string },
): Promise<string | undefined> {
  if (ticket.merged_into !== null && !ASIDE.has(verb)) {
    const { code } = await leadOf(room.client, ticket)
    return `${ticket.code} sudah digabung ke ${code}; jawablah di ${code}, atau ketik "pisah ${ticket.code}".`
  }
  if (verb === 'take' && takenBy !== undefined && ticket.status !== 'forwarded') {
    return takenBy === staff ? `${ticket.code} sudah Anda ambil.` : `${ticket.code} sudah diambil ${takenBy}.`
  }
  if (!(VERBS[verb].from as readonly Status[]).includes(ticket.status)) {
    return `${ticket.code} sekarang ${STATUS_WORDS[ticket.status].id}; "${VERBS[verb].says}" tidak dapat dilakukan.`
  }
  return undefined
}

/** What is wrong with the words typed along: other words may do. Undefined when nothing is. */
export function unfit(
  room: Room,
  request: Request,
  ticket: TicketRow,
  verb: VerbName,
  words: string,
): string | undefined {
  const { office } = room.houseOf(request.office)
  if (verb === 'forward') {
    if (!Object.hasOwn(office.desks, words)) {
      return `Tidak ada meja "${words}". Yang ada: ${Object.values(office.desks)
        .map(({ name }) => name)
        .join(', ')}.`
    }
    if (words === ticket.desk) return `${ticket.code} sudah di meja ini.`
    if (!mayGo(ticket, isRestrictedDesk(office, words))) {
      return `${ticket.code} bersifat terbatas dan tidak dapat diteruskan ke meja umum.`
    }
  }
  if (verb === 'decline' && !Object.hasOwn(REASONS, words)) {
    return `Alasan harus salah satu dari: ${Object.keys(REASONS).map(plainReason).join(', ')}.`
  }
  return undefined
}

/** A reason as staff may type it. */
function plainReason(code: string): string {
  return code.replaceAll('_', ' ')
}
