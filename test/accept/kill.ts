import { type Check, progress, size } from './check.ts'
import { createLane, type Lane } from './harness/kill-lane.ts'
import { killNaive } from './harness/kill-naive.ts'
import { addUp, type KillTotals, noKills } from './harness/kill-totals.ts'
import { startServer } from './harness/server.ts'
import { sumOf, wayOf } from './harness/ways.ts'

/**
 * Guarantees F2, F5 and R1: the process dies at `--points` places, at random moments, and in `--servers` of a hundred
 * with its database; whatever was
 * confirmed is a ticket, once, and is answered. The control looks, inserts, sends and then marks, and must be caught.
 */
export const check: Check = {
  async run(flags) {
    const points = size(flags, 'points', 1000)
    const lanes = Math.max(1, size(flags, 'lanes', 2))
    const servers = size(flags, 'servers', 5) / 100
    const way = wayOf(flags, 'poll')
    // One lane asks, the next is posted to, unless it was said.
    const other = wayOf({ by: 'webhook', ...flags }, 'webhook')
    const began = performance.now()
    const opened: Lane[] = []
    try {
      progress('control: look, insert, send, then mark as seen')
      const server = await startServer()
      const control = await killNaive(server, Math.min(30, Math.max(12, points)))
      await server.stop()
      progress(`control: ${JSON.stringify(control)}`)
      for (let n = 0; n < lanes; n += 1) opened.push(await createLane(n, servers, n % 2 === 0 ? way : other))
      const counted = performance.now()
      let left = points
      let done = 0
      const each = opened.map(async lane => {
        let totals: KillTotals = noKills()
        while (left > 0) {
          left -= 1
          totals = addUp(totals, await lane.point())
          done += 1
          if (done % 50 === 0) {
            const minutes = (performance.now() - counted) / 60_000
            progress(`${done} points, ${Math.round(done / minutes)} a minute`)
          }
        }
        return totals
      })
      const totals = (await Promise.all(each)).reduce(addUp, noKills())
      const minutes = (performance.now() - counted) / 60_000
      const faults = way.faults()
      const failures =
        sumOf(faults) +
        totals.lost +
        totals.dupTickets +
        totals.unanswered +
        totals.unexpected +
        totals.outOfOrder +
        totals.twiceTooOften
      const caught = control.dupTickets + control.lost > 0
      return {
        totals: {
          points,
          ...totals,
          ...faults,
          places: JSON.stringify(totals.places),
          pointsAMinute: Math.round(points / minutes),
          controlPoints: control.points,
          controlDupTickets: control.dupTickets,
          controlLost: control.lost,
          wholeSeconds: Math.round((performance.now() - began) / 1000),
        },
        ok: failures === 0 && totals.reached >= 0.9 * points && points > 0 && caught,
      }
    } finally {
      for (const lane of opened) await lane.close()
    }
  },
}
