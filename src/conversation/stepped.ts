import type { Effect, Standing, State } from './state.ts'

/** What a turn did to the count of a step. `step` is '' where the flow as a whole is meant: opened, or walked to its end. */
export type Stepped = { flow: string; step: string; did: 'reached' | 'given_up' | 'finished' }

/**
 * How a turn moved a citizen along: the step they now wait at, flows they finished, and the steps they left without finishing. What
 * was only put aside, or stood behind something told meanwhile, was reached before. Leaving a menu for what it offers is no giving up.
 */
export function stepped(before: State, after: State, effects: Effect[]): Stepped[] {
  const closes = effects.filter(effect => effect.type === 'close')
  const left = closes.flatMap(({ flow, how }): Stepped[] => {
    if (how === 'ended') return [{ flow, step: '', did: 'finished' }]
    const step = standings(before).find(at => at.flow === flow)?.step
    const goesOn = after.at !== undefined && before.asking === undefined
    return step === undefined || goesOn ? [] : [{ flow, step, did: 'given_up' }]
  })
  return [...left, ...arrived(before, after, closes.length)]
}

function arrived(before: State, { at }: State, closed: number): Stepped[] {
  if (at === undefined || at.waiting === 'action') return []
  const same = standings(before).filter(({ flow }) => flow === at.flow)
  if (same.some(({ step, waiting }) => step === at.step && waiting === at.waiting)) return []
  const reached: Stepped = { flow: at.flow, step: at.step, did: 'reached' }
  // The same flow begun anew closes the one before it.
  const isOpened = same.length === 0 || (closed > 0 && Object.keys(at.answers).length === 0)
  return isOpened ? [{ flow: at.flow, step: '', did: 'reached' }, reached] : [reached]
}

/** Every walk of a citizen: the open one, the one behind it, the one put aside. */
export function standings({ at, parked }: State): Standing[] {
  return [at, at?.behind, parked].filter(one => one !== undefined)
}
