import type { VerbName } from '../desk/verbs.ts'
import { maskPersonal } from '../lib/mask.ts'
import type { TicketRow } from '../records/tickets.ts'
import type { Request, Room } from './action.ts'
import { isHead } from './who-acts.ts'

const WRITES: ReadonlySet<VerbName> = new Set<VerbName>(['article', 'phrasing', 'retire'])

/** Why a person of staff may not make what anybody will read of this ticket; undefined for other verbs, and for those who may. */
export async function mayNotWrite(
  room: Room,
  request: Request,
  ticket: TicketRow,
  verb: VerbName,
): Promise<string | undefined> {
  if (!WRITES.has(verb)) return undefined
  if (!(await isHead(room, request)))
    return `${ticket.code}: hanya kepala atau admin yang dapat mengubah artikel.`
  return isOpenToAll(ticket)
    ? undefined
    : `${ticket.code} bersifat terbatas; isinya tidak dapat menjadi artikel.`
}

/** What the whole office may read, and so what may become an answer for others. */
export function isOpenToAll({ restricted, anonymous, confidential }: TicketRow): boolean {
  return !restricted && !anonymous && !confidential
}

/** Whether words hold what identifies somebody: numbers and accounts, or the name its citizen gave. */
export function namesSomebody(text: string, name = ''): boolean {
  if (maskPersonal(text) !== text) return true
  return name.length > 2 && text.toLowerCase().includes(name.toLowerCase())
}
