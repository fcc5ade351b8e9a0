import type { Outcome, Request } from '../actions/action.ts'
import { workTicket } from '../actions/work-ticket.ts'
import { deskConversation } from '../desk/desk-address.ts'
import type { VerbName } from '../desk/verbs.ts'
import { storeTold } from '../inbox/store-told.ts'
import { note } from '../records/audit.ts'
import { transaction } from '../records/db.ts'
import { ticketByCode } from '../records/tickets.ts'
import { spokenRefusal } from './desk-refusals.ts'
import type { Seat } from './door.ts'
import { mayRead } from './rights.ts'

export type Deed = {
  code: string
  verb: VerbName
  words: string
  /** Made with the form: pressed twice, the deed is done once. */
  key: string
  /** The id of a file that goes with it; '' without one. */
  file?: string
}

/** `is`: 'done'; 'refused' with why (other words may do); 'gone' when there is no such ticket for this person. */
export type Done = { is: 'done' | 'refused' | 'gone'; text: string }

class Repeated extends Error {
  override name = 'Repeated' as const
}

/**
 * Does on a page what a desk does in its group, by the same action: ticket, history, what is told to the citizen and the entry in
 * the log are one transaction. The desk's group hears what it would have read, had it been typed there.
 */
export async function workOnTicket(seat: Seat, deed: Deed): Promise<Done> {
  try {
    return await transaction(seat.door.db, client => work(seat, deed, client))
  } catch (error) {
    if (error instanceof Repeated) return { is: 'done', text: '' }
    throw error
  }
}

type Client = Parameters<Parameters<typeof transaction<void>>[1]>[0]

async function work(seat: Seat, deed: Deed, client: Client): Promise<Done> {
  const { door, house, member } = seat
  const { sealing } = door.room
  const office = house.office
  const at = door.now()
  const ticket = await ticketByCode(client, office.id, deed.code)
  if (ticket === undefined || !mayRead(member, office, ticket)) return { is: 'gone', text: '' }
  const before = await lastEvent(client, ticket.id)
  const { file = '' } = deed
  const desk = deskConversation(office.id, ticket.desk)
  // Until now it belongs to nobody: it was sent to this desk, as it would have been in the group.
  if (file !== '')
    await client.query(
      'update files set conversation_id = $2 where id = $1 and office = $3 and conversation_id is null and ticket_id is null',
      [file, desk, office.id],
    )
  const request: Request = {
    key: `page/${deed.key}`,
    office: office.id,
    conversation: {
      id: desk,
      channel: 'web',
      language: 'id',
      party: 'desk',
      desk: ticket.desk,
    },
    with: {
      verb: deed.verb,
      ticket: ticket.code,
      words: deed.words,
      staff: member.name,
      account: member.id,
      file,
    },
    at,
    signedIn: member.id,
  }
  const [outcome] = await workTicket({ ...door.room, client }, [request])
  const text = textOf(outcome)
  if ((await lastEvent(client, ticket.id)) === before)
    return { is: 'refused', text: spokenRefusal(text, seat.language) }
  const told = {
    key: `${request.key}/desk`,
    office: office.id,
    to: { desk: ticket.desk },
    said: {
      type: 'notice',
      text: text === '' ? `${ticket.code}: ${member.name} menulis kepada pelapor.` : text,
      ticketId: ticket.id,
    },
    at,
  }
  if (!(await storeTold(client, sealing, told))) throw new Repeated('Done before.')
  for (const tell of outcome?.tells ?? []) await storeTold(client, sealing, tell)
  const entry = { office: office.id, actor: member.id, action: `ticket_${deed.verb}`, subject: ticket.code }
  await note(client, sealing, entry, at)
  return { is: 'done', text }
}

function textOf(outcome: Outcome | undefined): string {
  if (outcome === undefined) return ''
  if ('failed' in outcome) return outcome.failed
  return typeof outcome.result.text === 'string' ? outcome.result.text.replaceAll('*', '') : ''
}

async function lastEvent(client: Client, ticketId: string): Promise<number> {
  const { rows } = await client.query<{ last: number }>(
    'select coalesce(max(id), 0) as last from ticket_events where ticket_id = $1',
    [ticketId],
  )
  return rows[0]?.last ?? 0
}
