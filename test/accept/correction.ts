import { openLog } from '../../src/lib/log.ts'
import { openHouses } from '../../src/offices/open-houses.ts'
import { type Check, progress, size } from './check.ts'
import { correctionRun } from './harness/correction-run.ts'
import { startServer } from './harness/server.ts'

/** Parts of vacancies, stages and agenda items, more than there are. */
const ALL = 1_000

/**
 * For each part of a vacancy, a stage and an agenda item that citizens are told of: changed after it was told to `--recipients`, of whom
 * half have left and of some nobody knows whether they had it, it is corrected exactly once to each of these, by name; who has come
 * since hears it as news, and nobody else hears anything. The control corrects whoever wants to hear now, and must miss somebody.
 */
export const check: Check = {
  async run(flags) {
    const recipients = size(flags, 'recipients', 40)
    const { houses } = await openHouses(
      { flowsDir: 'flows', offices: ['lhokseumawe'], mode: 'trial' },
      openLog('silent'),
    )
    const server = await startServer()
    try {
      const control = await correctionRun(server, 'correction_forgets', {
        houses,
        recipients,
        parts: 2,
        forgets: true,
      })
      progress(`control, asks who wants to hear now: ${JSON.stringify(control)}`)
      const ran = await correctionRun(server, 'correction', { houses, recipients, parts: ALL })
      const { parts, ...faults } = ran
      return {
        totals: { recipients, ...ran, controlMissing: control.missing },
        ok: parts >= 40 && Object.values(faults).every(count => count === 0) && control.missing > 0,
      }
    } finally {
      await server.stop()
    }
  },
}
