import type { Room } from '../actions/action.ts'
import { bytes, type Column, int, text, uuid } from '../records/columns.ts'
import { receiptsIn } from '../records/ticket-code.ts'
import { type Arrival, packArrival, placeOf, ticketIn } from './arrival.ts'
import type { Taken, TakenTurn } from './taken.ts'
import { arrivalOfTell } from './tell.ts'

/** One row of the inbox, as a batch writes it. `delayMs` is how long a waiting one waits at least. */
export type InboxRow = {
  arrival: Arrival
  status: 'done' | 'pending'
  sealed: Buffer | null
  turn: TakenTurn | null
  /** See `about` of the schema. */
  about: string | null
  delayMs: number
}

export const INBOX_COLUMNS: Column<InboxRow>[] = [
  text('office', ({ arrival }) => arrival.office),
  text('channel', ({ arrival }) => arrival.channel),
  bytes('message_hash', ({ arrival }) => arrival.messageHash),
  // Only for what a later message of the same address must not overtake.
  bytes('address_hash', ({ arrival, status }) =>
    status === 'pending' && !arrival.told ? arrival.addressHash : null,
  ),
  uuid('conversation_id', ({ turn }) => turn?.conversation.id ?? null),
  int('turn', ({ turn }) => turn?.turn ?? null),
  int('seq', ({ turn }) => turn?.seq ?? null),
  text('status', ({ status }) => status),
  bytes('sealed', ({ sealed }) => sealed),
  uuid('about', ({ about }) => about),
  int('delay_ms', ({ delayMs }) => delayMs),
]

/** Turns taken, messages that wait, what was told to other conversations, and what nobody was there to hear. */
export function inboxRows(room: Room, taken: Taken): InboxRow[] {
  return [
    ...taken.turns.map(turn => doneRow(room, turn)),
    ...taken.waiting.filter(({ row }) => row === null).map(arrival => waitingRow(room, arrival)),
    ...taken.tells.map(tell => waitingRow(room, arrivalOfTell(tell, room.sealing), tell.delayMs)),
    ...taken.dropped.map(arrival => bare(arrival)),
  ]
}

function doneRow(room: Room, turn: TakenTurn): InboxRow {
  const { arrival, conversation, events } = turn
  if (conversation.wipe || turn.unsaid || holdsReceipt(arrival)) return bare(arrival)
  const sealed = room.sealing.seal(conversation.key, placeOf(arrival), JSON.stringify(events))
  return { arrival, status: 'done', sealed, turn, about: arrival.told ? null : turn.about, delayMs: 0 }
}

/** A receipt beside who typed it leads from an anonymous report to its reporter, whatever became of the message. */
function holdsReceipt({ party, said: { text } }: Arrival): boolean {
  return party === 'citizen' && typeof text === 'string' && receiptsIn(text).length > 0
}

/** The message's id alone, as a keyed hash: enough for a repeat to fall away. */
function bare(arrival: Arrival): InboxRow {
  return { arrival, status: 'done', sealed: null, turn: null, about: null, delayMs: 0 }
}

function waitingRow(room: Room, arrival: Arrival, delayMs = 0): InboxRow {
  const sealed = room.sealing.sealLoose(placeOf(arrival), packArrival(arrival))
  // What is told late is of an anonymous report: beside its ticket, this row's number would tell when it was filed.
  const about = delayMs > 0 ? null : ticketIn(arrival.said)
  return { arrival, status: 'pending', sealed, turn: null, about, delayMs }
}
