import { isAnonymous } from './anonymous.ts'
import type { Effect, Standing, State } from './state.ts'

/** Whether something is being written here by somebody who asked not to be known, open, behind something told meanwhile, or put aside. */
export function writesAnonymously({ at, parked }: State): boolean {
  return [at, at?.behind, parked].some((one: Standing | undefined) => isAnonymous(one))
}

/** Whether a turn dropped it unsent: then nothing that was said here may stay, as after it was sent. */
export function droppedAnonymous(before: State, after: State, effects: Effect[]): boolean {
  return (
    writesAnonymously(before) &&
    !writesAnonymously(after) &&
    effects.some(effect => effect.type === 'close' && effect.how !== 'ended')
  )
}
