import { type Check, progress, size } from './check.ts'
import { redeliverNaive } from './harness/redeliver-naive.ts'
import { type Ran, runSeeded } from './harness/redeliver-run.ts'
import { startServer } from './harness/server.ts'
import { sumOf, wayOf } from './harness/ways.ts'

/**
 * Guarantees F1 and R4: `--updates` updates, each delivered one to six times, 40 at a time, repeats at any later moment and
 * across restarts, leave the same records and say the same words as single deliveries of the same seed. The control looks
 * for a repeat instead of relying on a unique key, and must be caught.
 */
export const check: Check = {
  async run(flags) {
    const updates = size(flags, 'updates', 10_000)
    const restarts = size(flags, 'restarts', Math.max(1, Math.floor(updates / 2000)))
    const seed = size(flags, 'seed', 7)
    // Only what is posted is ever posted again: an update that was asked for and confirmed is gone.
    const way = wayOf(flags, 'webhook')
    const server = await startServer()
    try {
      const control = await redeliverNaive(server, Math.min(updates, 300))
      progress(`control: ${JSON.stringify(control)}`)
      const single = await runSeeded(server, {
        name: 'single',
        updates,
        seed,
        repeats: false,
        restarts: 0,
        way,
      })
      progress(`single deliveries: ${single.deliveries} in ${Math.round(single.ms / 1000)} s`)
      const often = await runSeeded(server, { name: 'often', updates, seed, repeats: true, restarts, way })
      progress(`repeated deliveries: ${often.deliveries} in ${Math.round(often.ms / 1000)} s`)
      const { lost, dupEffects, different } = compare(single, often)
      const faults = way.faults()
      const totals = {
        ...faults,
        updates: often.updates,
        deliveries: often.deliveries,
        restarts: often.restarts,
        tickets: often.tickets.length,
        dupEffects,
        lost,
        different,
        controlDupEffects: control.dupEffects,
      }
      const enough = often.updates >= updates && often.deliveries >= 2 * often.updates
      const whole = single.unanswered + often.unanswered === 0 && often.restarts === restarts
      const held = dupEffects + lost + different + sumOf(faults) === 0
      return { totals, ok: held && enough && whole && control.dupEffects > 0 }
    } finally {
      await server.stop()
    }
  },
}

/** Tickets and replies of the repeated run that the single one does not have, and the other way round. */
function compare(single: Ran, often: Ran): { lost: number; dupEffects: number; different: number } {
  let different = 0
  for (const [chat, words] of single.said) {
    if (often.said.get(chat) === words) continue
    different += 1
    progress(`${chat} heard something else:\n${firstDifference(words, often.said.get(chat) ?? '')}`)
  }
  for (const chat of often.said.keys()) if (!single.said.has(chat)) different += 1
  for (const [n, ticket] of single.tickets.entries()) if (often.tickets[n] !== ticket) different += 1
  const less = single.tickets.length - often.tickets.length
  return {
    lost: Math.max(0, less) + often.unanswered,
    dupEffects: Math.max(0, -less) + often.repeatsTaken,
    different,
  }
}

/** The first message two runs of a chat do not share. */
function firstDifference(one: string, other: string): string {
  const [ours, theirs] = [one.split('\n---\n'), other.split('\n---\n')]
  const at = ours.findIndex((text, n) => text !== theirs[n])
  return `once: ${ours[at]?.slice(0, 200)}\noften: ${theirs[at === -1 ? ours.length : at]?.slice(0, 200)}`
}
