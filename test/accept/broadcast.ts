import { AT_ONCE } from '../../src/outbox/pace.ts'
import { type Check, progress, size } from './check.ts'
import { broadcastRun } from './harness/broadcast-run.ts'
import { startServer } from './harness/server.ts'

/** What a citizen waits at most for an answer, of our doing, in nineteen of twenty cases. */
const P95_MS = 3000

/**
 * Guarantee F19 and R12: an announcement to `--recipients`, while its process dies `--kills` times, Telegram answers 429 to a share
 * (`--rate429`) of all messages, and `--citizens` write and want answers. Nobody is told twice, nobody is forgotten, and those of whom
 * nobody knows whether they were told are few and listed. The control forgets what it has begun, as one that only marks what was
 * sent does, and must tell somebody twice.
 */
export const check: Check = {
  async run(flags) {
    const recipients = size(flags, 'recipients', 5000)
    const kills = size(flags, 'kills', 20)
    const citizens = size(flags, 'citizens', 10)
    const rate429 = Number(flags.rate429 ?? 0.3)
    if (!(rate429 >= 0 && rate429 < 1)) throw new Error('--rate429 must be a share, such as 0.3.')
    const server = await startServer()
    try {
      const control = await broadcastRun(server, 'broadcast_repeats', {
        recipients: 500,
        kills: 10,
        rate429: 0,
        citizens: 0,
        repeats: true,
      })
      progress(`control, forgets what it has begun: ${JSON.stringify(control)}`)
      const ran = await broadcastRun(server, 'broadcast', { recipients, kills, rate429, citizens })
      const none =
        ran.twice +
        ran.unattempted +
        ran.unlisted +
        ran.earlyCalls +
        ran.overLimit +
        ran.violations +
        ran.unanswered
      const mostUnknown = kills * AT_ONCE
      return {
        totals: { recipients, kills, ...ran, mostUnknown, controlTwice: control.twice },
        ok:
          none === 0 &&
          ran.deaths >= kills &&
          ran.unknown <= mostUnknown &&
          ran.received >= recipients - ran.unknown &&
          ran.interactiveP95ms < P95_MS &&
          control.twice > 0,
      }
    } finally {
      await server.stop()
    }
  },
}
