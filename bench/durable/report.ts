import type { Run, Runs } from '../durable.ts'
import { median, medianRatio, print, printAim } from '../lines.ts'
import { peerName } from '../versions.ts'
import type { Idle, StepCount } from './line.ts'
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

/** The last step is the one with an action; a photo given on the way is handed over to the ticket there. */
export function reportIdle(variant: DurableName, { plain, photo }: Idle): void {
  const trips = (counts: StepCount[]) => Math.max(...counts.map(({ roundTrips }) => roundTrips))
  const commits = Math.max(...[...plain, ...photo].map(count => count.commits))
  const asked = (counts: StepCount[]) => Math.max(...counts.map(({ statements }) => statements))
  const found = {
    round_trips: trips(plain.slice(0, -1)),
    'round_trips.with_action': trips(plain.slice(-1)),
    'round_trips.photo': trips(photo.slice(0, -1)),
    'round_trips.photo.with_action': trips(photo.slice(-1)),
    statements: asked(plain.slice(0, -1)),
    'statements.photo.with_action': asked(photo.slice(-1)),
    commits,
  }
  for (const [what, value] of Object.entries(found)) {
    print({ name: `durable.${variant}.idle.${what}`, value, unit: 'per turn' })
  }
  // With the deliveries under way nobody can say which round trip was whose.
  if (variant !== 'ours-inbox') return
  const bars = { round_trips: 4, 'round_trips.with_action': 5, 'round_trips.photo': 4, commits: 1 } as const
  for (const what of ['round_trips', 'round_trips.with_action', 'round_trips.photo', 'commits'] as const) {
    const name = `durable.ours-inbox.idle.${what}`
    printAim({ name, reached: found[what], unit: 'per turn', atMost: bars[what] })
  }
}

function rate(run: Run): number {
  return run.turns / run.seconds
}
