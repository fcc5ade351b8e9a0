import { type Check, progress, size } from './check.ts'
import { startServer } from './harness/server.ts'
import { CITIZEN_RACES } from './race/citizen-races.ts'
import { DESK_RACES } from './race/desk-races.ts'
import { DOOR_RACES, NAIVE_DOORS } from './race/door-races.ts'
import { type Doors, openDoors } from './race/doors.ts'
import { type Ended, openField } from './race/field.ts'
import { readThenWrite } from './race/naive.ts'
import { SIGN_IN_RACES } from './race/sign-in-races.ts'

const RACES = { ...SIGN_IN_RACES, ...CITIZEN_RACES, ...DESK_RACES }

/**
 * Whatever is worth one time, used by `--at-once` at the same moment over HTTP and on a real database, in `--rounds`: links, words,
 * digits, PINs, places, decisions. One wins each (of tries, no more than are allowed), and nobody is answered with a fault of ours.
 * Requests of partners, messages and files come in by the doors of two processes. The controls look first and write afterwards.
 */
export const check: Check = {
  async run(flags) {
    const [atOnce, rounds] = [size(flags, 'at-once', 50), size(flags, 'rounds', 3)]
    const asked = flags.only?.split(',') ?? [...Object.keys(RACES), ...Object.keys(DOOR_RACES)]
    // What is written need not outlive a power cut here: who wins is asked, fast.
    const server = await startServer({ fsync: 'off', synchronous_commit: 'off' })
    const totals = { races: 0, tries: 0, wonTwice: 0, wonByNobody: 0, failed: 0 }
    let control = 0
    const controlDoors = new Map(Object.keys(NAIVE_DOORS).map(name => [name, 0]))
    async function race(name: string, run: () => Promise<Ended>): Promise<void> {
      if (!asked.includes(name)) return
      const { won, may = 1, failed } = await run()
      totals.races += 1
      totals.tries += atOnce
      totals.failed += failed
      if (won > may) totals.wonTwice += 1
      if (won < 1) totals.wonByNobody += 1
      if (won > may || won < 1 || failed > 0) progress(`${name}: ${won} won of ${may}, ${failed} failed`)
    }
    async function raceAtDoors(doors: Doors): Promise<void> {
      for (const [name, run] of Object.entries(DOOR_RACES)) await race(name, () => run(doors))
      for (const [name, naive] of Object.entries(NAIVE_DOORS))
        controlDoors.set(name, Math.max(controlDoors.get(name) ?? 0, await naive(doors)))
    }
    try {
      for (let round = 0; round < rounds; round += 1) {
        const field = await openField(server, `race_${round}`, atOnce)
        for (const [name, run] of Object.entries(RACES)) await race(name, () => run(field))
        control = Math.max(control, await readThenWrite(field))
        await field.close()
        const doors = await openDoors(server, `doors_${round}`, atOnce)
        await raceAtDoors(doors)
        await doors.close()
      }
    } finally {
      await server.stop()
    }
    const isSeen = control > 1 && [...controlDoors.values()].every(won => won > 1)
    return {
      totals: { ...totals, atOnce, controlWon: control, ...named(controlDoors) },
      ok: totals.wonTwice === 0 && totals.wonByNobody === 0 && totals.failed === 0 && isSeen,
    }
  },
}

/** The controls at the doors, each under a name of its own. */
function named(controls: Map<string, number>): Record<string, number> {
  return Object.fromEntries(
    [...controls].map(([name, won]) => [`control${name.charAt(0).toUpperCase()}${name.slice(1)}`, won]),
  )
}
