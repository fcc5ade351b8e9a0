import type { Room } from '../actions/action.ts'
import { advance } from '../conversation/engine.ts'
import type { Event, State } from '../conversation/state.ts'
import { restingState } from '../conversation/state.ts'
import { advanceDesk } from '../desk/advance-desk.ts'
import { type DeskEvent, type DeskState, restingDesk } from '../desk/desk-state.ts'
import { localTime } from '../lib/local-time.ts'
import type { DataKey } from '../records/sealing.ts'
import type { Arrival } from './arrival.ts'
import { type ConversationRow, openRow } from './open-conversation.ts'

type Standing = ConversationRow & { language: string }

/**
 * A state at rest for a conversation that no message could ever be taken in again: nobody can read its own state, or the
 * engine throws on it with this arrival and would not at rest. Undefined while its state is not at fault. The turn goes
 * on counting, as keys of what is said are made of it.
 */
export function atRestIfStuck(
  room: Omit<Room, 'client'>,
  row: Standing,
  key: DataKey,
  arrival: Arrival,
): Buffer | undefined {
  const rest = { ...(row.party === 'citizen' ? restingState(row.language) : restingDesk()), turn: row.turn }
  if (!isUnreadable(room, row) && !isStuck(room, row, arrival, rest)) return undefined
  return room.sealing.seal(key, `conversations.state.${row.id}`, JSON.stringify(rest))
}

function isUnreadable(room: Omit<Room, 'client'>, row: Standing): boolean {
  try {
    openRow(row, room.sealing)
    return false
  } catch {
    return true
  }
}

function isStuck(
  room: Omit<Room, 'client'>,
  row: Standing,
  arrival: Arrival,
  rest: State | DeskState,
): boolean {
  const { state } = openRow(row, room.sealing)
  return throwsOn(room, row, arrival, state) && !throwsOn(room, row, arrival, rest)
}

/** Whether the pure engine throws on this arrival, or on an action that then fails. Nothing it wants is done. */
function throwsOn(
  room: Omit<Room, 'client'>,
  { party }: Standing,
  arrival: Arrival,
  before: State | DeskState,
): boolean {
  const { office, book } = room.houseOf(arrival.office)
  const at = localTime(office.zone, arrival.at)
  const step = (state: State | DeskState, said: object) =>
    party === 'citizen'
      ? advance(book, state as State, { ...said, at } as Event)
      : advanceDesk(state as DeskState, { ...said, at } as DeskEvent)
  try {
    const turn = step(before, arrival.said)
    const asks = turn.effects.some(({ type }) => type === 'perform')
    if (asks) step(turn.state, { type: 'action_failed', reason: '' })
    return false
  } catch {
    return true
  }
}
