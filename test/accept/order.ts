import { type Check, progress, size } from './check.ts'
import { orderRun } from './harness/order-run.ts'
import { startServer } from './harness/server.ts'

/**
 * Guarantees F4 and R4: `--chats` chats of `--messages` messages, 40 deliveries side by side, replies of several parts, sends
 * that are slow or fail; every part of every reply arrives, in the order of the questions. The control lets every reply leave
 * for itself, and must be caught.
 */
export const check: Check = {
  async run(flags) {
    const chats = size(flags, 'chats', 64)
    const messages = size(flags, 'messages', 50)
    const server = await startServer()
    try {
      const control = await orderRun(server, { chats: 8, messages: 10, control: 'any-order' })
      progress(`control: ${JSON.stringify(control)}`)
      const ran = await orderRun(server, { chats, messages })
      const held = ran.outOfOrder + ran.missing + ran.repliesTwice === 0
      const enough = ran.replies >= chats * messages && ran.sendFailures > 0
      return {
        totals: { chats, messages, ...ran, controlOutOfOrder: control.outOfOrder },
        ok: held && enough && control.outOfOrder > 0,
      }
    } finally {
      await server.stop()
    }
  },
}
