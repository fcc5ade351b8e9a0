import { type Check, progress, size } from './check.ts'
import { poisonNaive, poisonRun } from './harness/poison-run.ts'
import { startServer } from './harness/server.ts'
import { sumOf, wayOf } from './harness/ways.ts'

/**
 * Guarantees F17 and R15: one message throws, one loops in SQL, one meets a state nobody can read and one kills the process,
 * again and again; all four are quarantined within 150 s, their chats and staff are told and go on, and `--chats` others
 * hardly notice. The control takes one message after another and tries again until it succeeds.
 */
export const check: Check = {
  async run(flags) {
    // A linked number says five messages a second; one every second and a half goes to each.
    const chats = size(flags, 'chats', flags.channel === 'whatsapp' ? 8 : 63)
    const way = wayOf(flags, 'poll')
    const server = await startServer()
    try {
      const controlOthersP95ms = await poisonNaive(server, chats)
      progress(`control: others wait ${controlOthersP95ms} ms`)
      const ran = await poisonRun(server, chats, way)
      const faults = way.faults()
      const held =
        sumOf(faults) === 0 &&
        ran.quarantined === ran.poisons &&
        ran.quarantineSeconds <= 150 &&
        ran.staffTold === ran.poisons &&
        ran.citizensTold === ran.poisons &&
        ran.chatsThatWentOn === ran.poisons
      return {
        totals: { ...ran, ...faults, controlOthersP95ms },
        ok:
          held &&
          ran.lost === 0 &&
          ran.innocents === 0 &&
          ran.othersP95ms < 1000 &&
          controlOthersP95ms >= 1000,
      }
    } finally {
      await server.stop()
    }
  },
}
