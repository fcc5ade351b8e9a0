import { isDraft, openFlow } from './open-flow.ts'
import { type Event, isTalk } from './state.ts'
import { say, type Taking } from './taking.ts'

/**
 * The house offers a flow. It is opened where nothing would be lost by it; a draft, a question of the house or a talk with a person
 * stays as it is, and a sentence says how to open the offer later.
 */
export function invited(taking: Taking, event: Extract<Event, { type: 'invited' }>): void {
  const { state } = taking
  const isBusy =
    isTalk(state) ||
    state.parked !== undefined ||
    state.asking !== undefined ||
    (state.at !== undefined && (state.at.waiting !== 'reply' || isDraft(taking, state.at.behind ?? state.at)))
  if (isBusy) say(taking, event.otherwise)
  else openFlow(taking, event.flow)
}
