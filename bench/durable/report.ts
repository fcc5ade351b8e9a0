import type { Run, Runs } from '../durable.ts'
import { median, medianRatio, print, printAim } from '../lines.ts'
import { peerName } from '../versions.ts'
import type { Idle } from './line.ts'
import type { DurableName } from './lines.ts'

/** The whole line, and the inbox without the deliveries that follow it. */
const OURS = ['ours', 'ours-inbox'] as const
type Ours = (typeof OURS)[number]
type Peer = Exclude<DurableName, Ours>

export function reportRates(runs: Runs): void {
  for (const [variant, byCitizens] of runs) {
    for (const [citizens, of] of byCitizens) reportRuns(`durable.${variant}.${citizens}`, of)
    print({ name: `durable.${variant}.memory`, value: peakOf(runs, variant), unit: 'MB' })
  }
  for (const mine of OURS) {
    for (const [variant, byCitizens] of runs) {
      if (variant === 'ours' || variant === 'ours-inbox') continue
      for (const [citizens, of] of byCitizens)
        compare(mine, citizens, runs.get(mine)?.get(citizens), variant, of)
    }
    const reached = peakOf(runs, mine) / peakOf(runs, 'grammy')
    if (Number.isFinite(reached))
      printAim({ name: `durable.${mine}.memory.grammy`, reached, unit: 'x', atMost: 1.5 })
  }
}

function reportRuns(name: string, runs: Run[]): void {
  print({ name: `${name}.rate`, value: median(runs.map(rate)), unit: 'turns/s' })
  print({ name: `${name}.cpu`, value: median(runs.map(run => run.cpuUs / run.turns)), unit: 'us/turn' })
  const servers = runs.flatMap(run => (run.serverCpuUs === undefined ? [] : [run.serverCpuUs / run.turns]))
  if (servers.length > 0) print({ name: `${name}.server_cpu`, value: median(servers), unit: 'us/turn' })
}

function compare(mine: Ours, citizens: number, ours: Run[] | undefined, variant: Peer, theirs: Run[]): void {
  if (ours === undefined) return
  const reached = medianRatio(ours.map(rate), theirs.map(rate))
  const peer = variant === 'insert' ? 'one-row insert' : `${peerName(variant)} in PostgreSQL`
  const name = `durable.${mine}.${citizens}`
  print({ name: `${name}.rate`, value: median(ours.map(rate)), unit: 'turns/s', peer, ratio: reached })
  if (citizens !== 64) return
  if (variant === 'insert') {
    printAim({ name: `${name}.insert`, reached, unit: 'x', atLeast: 1 })
    printAim({ name: `${name}.insert.stretch`, reached, unit: 'x', atLeast: 2 })
  }
  if (variant === 'grammy') printAim({ name: `${name}.grammy`, reached, unit: 'x', atLeast: 3 })
}

function peakOf(runs: Runs, variant: DurableName): number {
  return Math.max(...[...(runs.get(variant)?.values() ?? [])].flat().map(run => run.peakMegabytes))
}

/** The last step is the one with an action, and so one round trip more. */
export function reportIdle(variant: DurableName, idle: Idle): void {
  const [roundTrips, commits] = [Math.max(...idle.roundTrips.slice(0, -1)), Math.max(...idle.commits)]
  const acting = idle.roundTrips.at(-1) ?? Number.NaN
  print({ name: `durable.${variant}.idle.round_trips`, value: roundTrips, unit: 'per turn' })
  print({ name: `durable.${variant}.idle.round_trips.with_action`, value: acting, unit: 'per turn' })
  print({ name: `durable.${variant}.idle.commits`, value: commits, unit: 'per turn' })
  // With the deliveries under way nobody can say which round trip was whose.
  if (variant !== 'ours-inbox') return
  printAim({ name: 'durable.ours-inbox.idle.round_trips', reached: roundTrips, unit: 'per turn', atMost: 4 })
  printAim({
    name: 'durable.ours-inbox.idle.round_trips.with_action',
    reached: acting,
    unit: 'per turn',
    atMost: 5,
  })
  printAim({ name: 'durable.ours-inbox.idle.commits', reached: commits, unit: 'per turn', atMost: 1 })
}

function rate(run: Run): number {
  return run.turns / run.seconds
}
