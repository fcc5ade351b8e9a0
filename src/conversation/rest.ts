import { isClosed, writesClosed } from './closed-report.ts'
import { phrase } from './phrase.ts'
import { putOpen } from './put.ts'
import type { Effect } from './state.ts'
import { flowOf, QUESTION, say, type Taking } from './taking.ts'

/**
 * Nothing is open any more. A draft that was put aside is offered again; a walk that stood behind one that only told
 * something goes on without a question.
 */
export function rest(taking: Taking, how: Extract<Effect, { type: 'close' }>['how']): void {
  leave(taking, how)
  joinLate(taking)
}

/** Staff who came while a report was written that is not for them. */
function joinLate(taking: Taking): void {
  const { state } = taking
  if (state.joins === undefined || writesClosed(state.at)) return
  delete state.joins
  say(taking, phrase(taking, 'talk_begun'))
  state.talk = true
}

function leave(taking: Taking, how: Extract<Effect, { type: 'close' }>['how']): void {
  const { state } = taking
  // An afterthought of a closed report is no answer to what staff wrote about another one: that one knows who they are.
  if (isClosed(state.at)) delete state.focus
  if (state.at !== undefined) taking.effects.push({ type: 'close', flow: state.at.flow, how })
  // What an article answered can be called unhelpful until something else was done.
  if (state.at?.flow !== QUESTION) delete state.answered
  const { warned } = state
  const behind = state.at?.behind
  for (const key of ['at', 'asking', 'wanted', 'asked', 'misses', 'warned', 'quiet'] as const)
    delete state[key]
  if (behind !== undefined && flowOf(taking.book, behind) !== undefined) {
    state.at = { ...behind }
    if (warned) state.warned = true
    putOpen(taking)
    return
  }
  if (behind !== undefined) say(taking, phrase(taking, 'flow_gone'))
  if (state.parked === undefined) return
  state.asking = 'resume'
  putOpen(taking)
}
