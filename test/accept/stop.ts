import { type Check, progress, size } from './check.ts'
import { startServer } from './harness/server.ts'
import { noStops, type Stops, stopChildren, stopNaive } from './harness/stop-children.ts'
import { stopWhole } from './harness/stop-whole.ts'

/** Rounds of those that stop the whole program as `npm start` runs it. */
const WHOLE = 10

/**
 * Guarantees F20 and R15: `--rounds` stop orders under load, every other one Ctrl-C to the whole process group, twice: exit
 * code 0 within 10 s, nothing acknowledged is lost, nothing is said twice. The control acknowledges first, works afterwards
 * and obeys at once, and must be caught losing.
 */
export const check: Check = {
  async run(flags) {
    const rounds = size(flags, 'rounds', 200)
    const whole = Math.min(rounds, size(flags, 'whole', WHOLE))
    const server = await startServer()
    try {
      const control = await stopNaive(server, 3)
      progress(`control: ${JSON.stringify(control)}`)
      const children = await stopChildren(server, rounds - whole)
      const started = whole === 0 ? noStops() : await stopWhole(whole)
      const sum = (what: keyof Stops) => children[what] + started[what]
      const totals = {
        rounds,
        cleanExits: sum('cleanExits'),
        underLoad: sum('underLoad'),
        acknowledged: sum('acknowledged'),
        lost: sum('lost'),
        dup: sum('dup'),
        slowestMs: Math.max(children.slowestMs, started.slowestMs),
        slowestWholeMs: started.slowestMs,
        controlLost: control.lost,
      }
      const held = totals.cleanExits === rounds && totals.lost + totals.dup === 0
      return { totals, ok: held && totals.underLoad >= 0.9 * rounds && rounds > 0 && control.lost > 0 }
    } finally {
      await server.stop()
    }
  },
}
