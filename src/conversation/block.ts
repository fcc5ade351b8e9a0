import { phrase } from './phrase.ts'
import type { Effect, State } from './state.ts'
import { say, type Taking } from './taking.ts'

/** What brings a citizen's words to people who may have had enough of them. What belongs to a report its own action decides. */
const TO_STAFF = new Set(['pass_question', 'relay_to_staff'])

/** Whether staff do not want to hear from this citizen at that moment. Both times carry their offset. */
export function isBlocked(state: State, at: string): boolean {
  return state.block !== undefined && Date.parse(state.block.until) > Date.parse(at)
}

/** Whether a turn would speak to staff. */
export function reachesStaff(effects: Effect[]): boolean {
  return effects.some(
    effect => effect.type === 'hand_over' || (effect.type === 'perform' && TO_STAFF.has(effect.action)),
  )
}

/** Until when, why, what stays possible and how to object. */
export function sayBlocked(taking: Taking): void {
  const { shown = '', reason = '' } = taking.state.block ?? {}
  say(taking, phrase(taking, 'blocked', { until: shown, reason }))
}
