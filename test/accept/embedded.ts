import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Check, progress, size } from './check.ts'
import { doubleStarts } from './embedded-double.ts'
import { kills } from './embedded-kills.ts'

/**
 * Guarantees F15 and R11: the embedded database has one owner, and survives its owner's death. `--rounds` double starts, and
 * `--kills` SIGKILLs of owner, server or both while rows are written. The control starts without the owner's lock, and must
 * be caught opening twice.
 */
export const check: Check = {
  async run(flags) {
    const rounds = size(flags, 'rounds', 50)
    const killCount = size(flags, 'kills', 200)
    const folder = await mkdtemp(join(tmpdir(), 'balai-accept-embedded-'))
    // So that the server's user can pass; ours are the folders below.
    await chmod(folder, 0o755)
    try {
      progress(`control: two starts at once without the owner's lock`)
      const control = await doubleStarts(join(folder, 'control'), 3, 'naive')
      const double = await doubleStarts(join(folder, 'double'), rounds)
      const killed = await kills(join(folder, 'kills'), killCount)
      const totals = {
        rounds,
        kills: killed.kills,
        doubleOpen: double.doubleOpen,
        refusedByName: double.refusedByName,
        acknowledged: killed.acknowledged,
        lost: killed.lost,
        leftRunning: double.leftRunning + killed.leftRunning,
        failedStarts: double.failedStarts + killed.failedStarts,
        longestTakeOverMs: killed.longestTakeOverMs,
        controlDoubleOpen: control.doubleOpen,
      }
      const held = totals.doubleOpen + totals.lost + totals.leftRunning + totals.failedStarts === 0
      const counted =
        rounds + killCount > 0 &&
        killed.kills === killCount &&
        double.refusedByName === rounds &&
        control.doubleOpen > 0
      return { totals, ok: held && counted && (killCount === 0 || killed.acknowledged > killCount) }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}
