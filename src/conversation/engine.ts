import { takeResult } from './aside.ts'
import { isEvent } from './event-shape.ts'
import type { FlowBook } from './flow.ts'
import { isDraft } from './open-flow.ts'
import { phrase } from './phrase.ts'
import { replied } from './replied.ts'
import { leaveStaff, staffWrote } from './staff.ts'
import type { Event, State, Turn } from './state.ts'
import { beginTaking, flush, say, type Taking } from './taking.ts'

/**
 * Takes one event where we stand, and walks on until there is something to wait for. Pure: the same book, state
 * and event always give the same turn, and neither state nor event is changed. An event that does not fit, or is
 * no event at all, only raises the count of turns.
 */
export function advance(book: FlowBook, state: State, event: Event): Turn {
  const taking = beginTaking(book, state, isEvent(event) ? event.at : '')
  if (isEvent(event)) take(taking, event)
  flush(taking)
  // At rest there is no walk in which the emergency numbers were shown.
  if (taking.state.at === undefined) delete taking.state.warned
  return { state: taking.state, effects: taking.effects }
}

function take(taking: Taking, event: Event): void {
  switch (event.type) {
    case 'replied':
      replied(taking, event)
      return
    case 'action_finished':
    case 'action_failed':
      takeResult(taking, event)
      return
    case 'staff_wrote':
      staffWrote(taking, event)
      return
    case 'staff_corrected': {
      const { text, origin } = event
      taking.effects.push({ type: 'send', text, from: 'staff', origin, edits: origin })
      return
    }
    case 'staff_released':
      if (taking.state.at?.waiting === 'staff') leaveStaff(taking, 'ended')
      return
    case 'silence':
      fellSilent(taking)
      return
  }
}

/** Nobody wrote for long: a draft is kept and its citizen told once, anything less is left without a word. */
function fellSilent(taking: Taking): void {
  const { state } = taking
  const { at } = state
  if (at === undefined || at.waiting === 'action') return
  if (at.waiting === 'staff') {
    leaveStaff(taking, 'silent')
    return
  }
  if (isDraft(taking, at.behind ?? at)) {
    if (state.quiet === undefined) say(taking, phrase(taking, 'silent'))
    state.quiet = true
    return
  }
  taking.effects.push({ type: 'close', flow: at.flow, how: 'silent' })
  for (const key of ['at', 'asking', 'wanted', 'asked', 'misses'] as const) delete state[key]
}
