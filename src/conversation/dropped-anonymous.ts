import { isAnonymous } from './anonymous.ts'
import type { Effect, State } from './state.ts'
import { standings } from './stepped.ts'

/** Whether something is being written here by somebody who asked not to be known, open, behind something told meanwhile, or put aside. */
export function writesAnonymously(state: State): boolean {
  return standings(state).some(isAnonymous)
}

/** Whether a turn dropped it unsent: then nothing that was said here may stay, as after it was sent. */
export function droppedAnonymous(before: State, after: State, effects: Effect[]): boolean {
  return (
    writesAnonymously(before) &&
    !writesAnonymously(after) &&
    effects.some(effect => effect.type === 'close' && effect.how !== 'ended')
  )
}
