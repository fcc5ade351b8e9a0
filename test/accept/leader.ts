import { setTimeout as pause } from 'node:timers/promises'
import { type Check, progress, size } from './check.ts'
import { FATES, type LeaderLane, openLeaderLane } from './harness/leader-lane.ts'
import { type Server, startServer } from './harness/server.ts'

/** After a death, and after a partition or a standstill nobody is told of. */
const [LONGEST_MS, LONGEST_SILENT_MS] = [5_000, 30_000]

/** Everybody asks when they like: conflicts and two at a time must show within moments. */
async function control(server: Server, instances: number) {
  const lane = await openLeaderLane(server, { name: 'everybody_leads', instances, everybodyLeads: true })
  await pause(4_000)
  const seen = { twoLeaders: lane.found.twoLeaders, conflicts: lane.conflicts() }
  await lane.close()
  return seen
}

async function runLane(lane: LeaderLane, rounds: number, name: string) {
  for (let n = 0; n < rounds; n += 1) {
    await lane.round(FATES[n % FATES.length] ?? 'killed')
    if (n % 10 === 9) progress(`${name}: ${n + 1} rounds, ${JSON.stringify(lane.found)}`)
  }
  return { ...(await lane.finish()), ...lane.found, conflicts: lane.conflicts() }
}

/**
 * Guarantees F14 and R11: `--instances` processes with one bot on one database, in `--lanes` of them side by side; in `--rounds`
 * rounds whoever asks Telegram is killed, frozen or cut off from the database. One asks at a time, another takes over in time, who
 * comes back neither asks nor confirms; nothing is lost or done twice. The control lets everybody ask. With `--channel whatsapp` they
 * have one linked number instead: see there.
 */
export const check: Check = {
  async run(flags) {
    if (flags.channel === 'whatsapp') return (await import('./linked-leader.ts')).linkedLeader(flags)
    const rounds = size(flags, 'rounds', 200)
    const instances = Math.max(2, size(flags, 'instances', 3))
    const lanes = Math.max(1, size(flags, 'lanes', 2))
    const server = await startServer()
    const opened: LeaderLane[] = []
    try {
      const wrong = await control(server, instances)
      progress(`control: ${JSON.stringify(wrong)}`)
      for (let n = 0; n < lanes; n += 1)
        opened.push(await openLeaderLane(server, { name: `led_${n}`, instances }))
      const each = Math.ceil(rounds / lanes)
      const ended = await Promise.all(opened.map((lane, n) => runLane(lane, each, `lane ${n}`)))
      const sum = (name: keyof (typeof ended)[number]) => ended.reduce((all, one) => all + one[name], 0)
      const slowest = (fate: (typeof FATES)[number]) =>
        Math.max(...opened.map(({ takeOverMs }) => takeOverMs[fate]))
      const totals = {
        rounds: sum('rounds'),
        instances,
        twoLeaders: sum('twoLeaders'),
        staleAsks: sum('staleAsks'),
        notTakenOver: sum('notTakenOver'),
        conflicts: sum('conflicts'),
        takeOvers: sum('faults'),
        said: sum('said'),
        lost: sum('lost'),
        doubled: sum('doubled'),
        unanswered: sum('unanswered'),
        repliesTwice: sum('repliesTwice'),
        killedMs: slowest('killed'),
        frozenMs: slowest('frozen'),
        cutOffMs: slowest('cut off'),
        violations: sum('violations'),
        controlTwoLeaders: wrong.twoLeaders,
        controlConflicts: wrong.conflicts,
      }
      const { twoLeaders, staleAsks, notTakenOver, lost, doubled, unanswered, violations } = totals
      const faults = twoLeaders + staleAsks + notTakenOver + lost + doubled + unanswered + violations
      const inTime =
        totals.killedMs <= LONGEST_MS && Math.max(totals.frozenMs, totals.cutOffMs) <= LONGEST_SILENT_MS
      const isQuiet = totals.conflicts <= totals.takeOvers && totals.repliesTwice <= 6 * totals.takeOvers
      const isSeen = wrong.twoLeaders > 0 && wrong.conflicts > 1
      return { totals, ok: faults === 0 && inTime && isQuiet && isSeen && totals.rounds >= rounds }
    } finally {
      for (const lane of opened) await lane.close()
      await server.stop()
    }
  },
}
