import { putOpen } from './put.ts'
import type { Effect } from './state.ts'
import type { Taking } from './taking.ts'

/** Nothing is open any more. A draft that was put aside is offered again. */
export function rest(taking: Taking, how: Extract<Effect, { type: 'close' }>['how']): void {
  const { state } = taking
  if (state.at !== undefined) taking.effects.push({ type: 'close', flow: state.at.flow, how })
  for (const key of ['at', 'asking', 'wanted', 'asked', 'misses', 'warned', 'quiet'] as const)
    delete state[key]
  if (state.parked === undefined) return
  state.asking = 'resume'
  putOpen(taking)
}
