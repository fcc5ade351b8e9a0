import { type Check, progress, size } from './check.ts'
import { orderRun } from './harness/order-run.ts'
import { pacedRun } from './harness/paced-run.ts'
import { startServer } from './harness/server.ts'
import { sumOf, wayOf } from './harness/ways.ts'

/**
 * Guarantees F4 and R4: `--chats` chats of `--messages` messages, 40 deliveries side by side, replies of several parts, sends
 * that are slow or fail; every part of every reply arrives, in the order of the questions. `--paced` chats wait longer for a
 * slow platform than a claim is held, and are answered once. The control lets every reply leave
 * for itself, and must be caught.
 */
export const check: Check = {
  async run(flags) {
    const chats = size(flags, 'chats', 64)
    const messages = size(flags, 'messages', 50)
    const way = wayOf(flags, 'webhook')
    const server = await startServer()
    try {
      const control = await orderRun(server, { chats: 8, messages: 10, way, control: 'any-order' })
      progress(`control: ${JSON.stringify(control)}`)
      const ran = await orderRun(server, { chats, messages, way })
      progress(`${ran.replies} replies in ${ran.replySeconds} s`)
      const paced = await pacedRun(server, size(flags, 'paced', 400), way)
      const faults = way.faults()
      // Sent again where no answer came in time, and never more often than that.
      const seenTwice = way.collapses ? Math.max(0, ran.repliesTwice - ran.sendFailures) : ran.repliesTwice
      const failures = sumOf(faults) + ran.outOfOrder + ran.missing + seenTwice + paced.twice + paced.missing
      const enough = ran.replies >= chats * messages && ran.sendFailures > 0
      return {
        totals: {
          chats,
          messages,
          ...ran,
          ...faults,
          pacedTwice: paced.twice,
          pacedMissing: paced.missing,
          controlOutOfOrder: control.outOfOrder,
        },
        ok: failures === 0 && enough && control.outOfOrder > 0,
      }
    } finally {
      await server.stop()
    }
  },
}
