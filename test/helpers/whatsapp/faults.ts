import type { World } from './world.ts'

/**
 * What goes wrong with a message of a linked device, with a question it asks (`iq`), or with a file it fetches or brings.
 * - `error`: refused with this code (463, 420, 429 …), without any effect
 * - `silence`: no answer; `before` without effect, `after` with it
 * - `slow`: the answer comes so many milliseconds later
 */
export type Harm = { error: number } | { silence: 'before' | 'after' } | { slow: number }

/** When: for messages to this chat, files of this path, or questions of this kind (`w:g2`, `encrypt` …); how many times; with what chance. */
export type Fault = {
  on: 'message' | 'iq' | 'download' | 'upload'
  to?: string
  xmlns?: string
  times?: number
  chance?: number
  harm: Harm
}

/** The harm for this one, if any; counts it down. */
export function harmFor(
  world: World,
  on: Fault['on'],
  facts: { to: string; xmlns?: string },
): Harm | undefined {
  const fault = world.faults.find(
    one =>
      one.on === on &&
      one.times !== 0 &&
      (one.to === undefined || one.to === facts.to) &&
      (one.xmlns === undefined || one.xmlns === facts.xmlns) &&
      (one.chance === undefined || world.random() < one.chance),
  )
  if (fault?.times !== undefined) fault.times -= 1
  return fault?.harm
}
