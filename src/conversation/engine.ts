import { takeResult } from './aside.ts'
import { isBlocked, reachesStaff, sayBlocked } from './block.ts'
import { isEvent } from './event-shape.ts'
import { isTooMany } from './flood.ts'
import type { FlowBook } from './flow.ts'
import { readReply } from './hear.ts'
import { invited } from './invited.ts'
import { tellChangedNotice } from './notice.ts'
import { isDraft } from './open-flow.ts'
import { phrase } from './phrase.ts'
import { putOpen } from './put.ts'
import { replied, warn } from './replied.ts'
import { staffCorrected, staffWrote } from './staff.ts'
import { type Event, isTalk, type State, type Turn } from './state.ts'
import { beginTaking, flush, say, type Taking } from './taking.ts'
import { endTalk, joinTalk } from './talk.ts'

/** Why an action failed: its citizen may not write to staff now. */
const BLOCKED = 'blocked'

/**
 * Takes one event where we stand, and walks on until there is something to wait for. Pure: the same book, state
 * and event always give the same turn, and neither state nor event is changed. An event that does not fit, or is
 * no event at all, only raises the count of turns.
 */
export function advance(book: FlowBook, state: State, event: Event): Turn {
  const taking = beginTaking(book, state, isEvent(event) ? event.at : '')
  if (isEvent(event)) take(taking, event)
  flush(taking)
  if (isBlocked(state, taking.at) && reachesStaff(taking.effects)) return takenBack(book, state, event)
  if (event?.type !== 'staff_released' && isTalk(state) && !isTalk(taking.state))
    taking.effects.push({ type: 'hand_back', how: event.type === 'silence' ? 'silent' : 'cancelled' })
  // At rest there is no walk in which the emergency numbers were shown.
  if (taking.state.at === undefined) delete taking.state.warned
  return { state: taking.state, effects: taking.effects }
}

/** A turn that would have brought a blocked citizen's words to staff never was; they are told why, and stand where they stood. */
function takenBack(book: FlowBook, state: State, event: Event): Turn {
  const taking = beginTaking(book, state, event.at)
  if (event.type === 'replied') {
    isTooMany(taking)
    warn(taking, readReply(event))
  }
  sayBlocked(taking)
  if (!isTalk(taking.state)) putOpen(taking)
  flush(taking)
  return { state: taking.state, effects: taking.effects }
}

function take(taking: Taking, event: Event): void {
  switch (event.type) {
    case 'replied':
      tellChangedNotice(taking)
      replied(taking, event)
      return
    case 'action_failed':
      if (event.reason === BLOCKED) sayBlocked(taking)
      takeResult(taking, event)
      return
    case 'action_finished':
      takeResult(taking, event)
      return
    case 'staff_wrote':
      staffWrote(taking, event)
      return
    case 'notified':
      say(taking, event.text)
      return
    case 'invited':
      invited(taking, event)
      return
    case 'staff_corrected':
      staffCorrected(taking, event)
      return
    case 'staff_released':
      endTalk(taking, 'ended')
      return
    case 'staff_joined':
      joinTalk(taking)
      return
    case 'staff_away':
      if (isTalk(taking.state)) say(taking, phrase(taking, `away_${event.why}`, { when: event.when }))
      return
    case 'staff_blocked': {
      const { until, shown, reason } = event
      taking.state.block = { until, shown, reason }
      endTalk(taking, 'cancelled')
      sayBlocked(taking)
      return
    }
    case 'staff_unblocked':
      if (taking.state.block !== undefined) say(taking, phrase(taking, 'unblocked'))
      delete taking.state.block
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
  if (isTalk(state)) {
    endTalk(taking, 'silent')
    return
  }
  if (at === undefined || at.waiting === 'action') return
  if (isDraft(taking, at.behind ?? at)) {
    if (state.quiet === undefined) say(taking, phrase(taking, 'silent'))
    state.quiet = true
    return
  }
  taking.effects.push({ type: 'close', flow: at.flow, how: 'silent' })
  for (const key of ['at', 'asking', 'wanted', 'asked', 'misses'] as const) delete state[key]
}
