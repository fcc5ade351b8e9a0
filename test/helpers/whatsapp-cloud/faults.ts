import type { World } from './world.ts'

/**
 * What goes wrong. `before`: the call has no effect. `after`: it has, and only the answer is lost.
 * - `error`: any of Graph's errors by its code, with the effect left out
 * - `fails`: accepted, and a status tells later that it failed with this code
 * - `reset`: the connection is torn down
 * - `hang`: no answer, for as long as the caller waits
 * - `cut`: the answer ends in the middle of its body (always after)
 * - `garbage`: an answer that is not Graph's, as proxies give (always before)
 * - `slow`: the answer comes so many milliseconds later; the statuses do not wait for it
 */
export type Harm =
  | { error: number; details?: string; status?: number }
  | { fails: number; details?: string }
  | { reset: 'before' | 'after' }
  | { hang: 'before' | 'after' }
  | { cut: true }
  | { garbage: number }
  | { slow: number }

/** When it goes wrong: for which calls (as `Call.what`), how many times (without: always), with what chance (without: surely). */
export type Fault = {
  what?: string | RegExp
  /** A phone number or user id it was sent to. */
  to?: string
  business?: string
  times?: number
  chance?: number
  harm: Harm
}

export type Struck = { what: string; business: string; to: unknown }

function fits(fault: Fault, { what, business, to }: Struck): boolean {
  if (fault.times === 0) return false
  if (fault.business !== undefined && fault.business !== business) return false
  if (fault.to !== undefined && fault.to !== to) return false
  if (fault.what === undefined) return true
  return typeof fault.what === 'string' ? fault.what === what : fault.what.test(what)
}

/** The harm for this call, if any; counts it down. */
export function harmFor(world: World, call: Struck): Harm | undefined {
  const fault = world.faults.find(
    one => fits(one, call) && (one.chance === undefined || world.random() < one.chance),
  )
  if (fault?.times !== undefined) fault.times -= 1
  return fault?.harm
}

/** Whether the call never has its effect. */
export function stopsBefore(harm: Harm): boolean {
  return (
    ('reset' in harm && harm.reset === 'before') ||
    ('hang' in harm && harm.hang === 'before') ||
    'garbage' in harm
  )
}
