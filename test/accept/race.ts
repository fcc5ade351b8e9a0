import { type Check, progress, size } from './check.ts'
import { startServer } from './harness/server.ts'
import { CITIZEN_RACES } from './race/citizen-races.ts'
import { DESK_RACES } from './race/desk-races.ts'
import { openField } from './race/field.ts'
import { readThenWrite } from './race/naive.ts'
import { SIGN_IN_RACES } from './race/sign-in-races.ts'

const RACES = { ...SIGN_IN_RACES, ...CITIZEN_RACES, ...DESK_RACES }

/**
 * Whatever is worth one time, used by `--at-once` at the same moment over HTTP and on a real database, in `--rounds`: links, words,
 * digits, PINs, places, decisions. One wins each (of tries, no more than are allowed), and nobody is answered with a fault of ours.
 * The control looks first and takes away afterwards.
 */
export const check: Check = {
  async run(flags) {
    const [atOnce, rounds] = [size(flags, 'at-once', 50), size(flags, 'rounds', 3)]
    const asked = flags.only?.split(',') ?? Object.keys(RACES)
    // What is written need not outlive a power cut here: who wins is asked, fast.
    const server = await startServer({ fsync: 'off', synchronous_commit: 'off' })
    const totals = { races: 0, tries: 0, wonTwice: 0, wonByNobody: 0, failed: 0 }
    let control = 0
    try {
      for (let round = 0; round < rounds; round += 1) {
        const field = await openField(server, `race_${round}`, atOnce)
        for (const [name, race] of Object.entries(RACES)) {
          if (!asked.includes(name)) continue
          const { won, may = 1, failed } = await race(field)
          totals.races += 1
          totals.tries += atOnce
          totals.failed += failed
          if (won > may) totals.wonTwice += 1
          if (won < 1) totals.wonByNobody += 1
          if (won > may || won < 1 || failed > 0) progress(`${name}: ${won} won of ${may}, ${failed} failed`)
        }
        control = Math.max(control, await readThenWrite(field))
        await field.close()
      }
    } finally {
      await server.stop()
    }
    return {
      totals: { ...totals, atOnce, controlWon: control },
      ok: totals.wonTwice === 0 && totals.wonByNobody === 0 && totals.failed === 0 && control > 1,
    }
  },
}
