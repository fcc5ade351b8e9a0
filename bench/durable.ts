/**
 * `durable`: turns a second with every one of them on the disk, at 1, 16 and 64 citizens at once: the real line,
 * a grammY session and conversations stored per update in the same PostgreSQL, and one inserted row as the limit.
 */
import type { Idle, Ran } from './durable/line.ts'
import type { DurableName } from './durable/lines.ts'
import { reportIdle, reportRates } from './durable/report.ts'
import { openServer, type Server } from './durable/server.ts'
import { startVariant, type VariantProcess } from './durable/variant-process.ts'
import { print, printAim, progress } from './lines.ts'

export const DURABLE_VARIANTS: DurableName[] = ['ours', 'ours-inbox', 'grammy', 'conversations', 'insert']
export const CITIZENS = [1, 16, 64]

export type DurableSize = { variants: DurableName[]; rounds: number; seconds: number }
/** What one run came to; `serverCpuUs` is missing where the system does not tell. */
export type Run = Ran & { serverCpuUs: number | undefined }
export type Runs = Map<DurableName, Map<number, Run[]>>

export async function benchDurable({ variants, rounds, seconds }: DurableSize): Promise<void> {
  const server = await openServer()
  const started = new Map<DurableName, VariantProcess>()
  try {
    progress(`durable: ${await server.syncs()}`)
    for (const variant of variants) {
      started.set(variant, await startVariant(variant, await server.database(databaseOf(variant))))
    }
    // Code and caches are warm before anything is counted.
    for (const running of started.values()) await running.run(16, seconds / 2)
    reportRates(await race(server, started, rounds, seconds))
    for (const variant of ['ours', 'ours-inbox', 'grammy'] as const) {
      const running = started.get(variant)
      if (running !== undefined) await count(server, variant, running, seconds)
    }
    for (const running of started.values()) await running.close()
  } finally {
    for (const running of started.values()) running.kill()
    await server.stop()
  }
}

/** Rounds in which every variant has its turn at every number of citizens while the others wait. */
async function race(
  server: Server,
  started: Map<DurableName, VariantProcess>,
  rounds: number,
  seconds: number,
): Promise<Runs> {
  const runs: Runs = new Map([...started.keys()].map(variant => [variant, new Map()]))
  for (let round = 1; round <= rounds; round++) {
    for (const citizens of CITIZENS) {
      progress(`durable: round ${round} of ${rounds}, ${citizens} at once`)
      for (const [variant, running] of started) {
        const before = await server.cpuUs()
        const ran = await running.run(citizens, seconds)
        const after = await server.cpuUs()
        const serverCpuUs = before === undefined || after === undefined ? undefined : after - before
        const of = runs.get(variant)
        of?.set(citizens, [...(of.get(citizens) ?? []), { ...ran, serverCpuUs }])
      }
    }
  }
  return runs
}

/** Round trips and commits are counted, not timed: once with one citizen and nothing else, once with 64. */
async function count(
  server: Server,
  variant: DurableName,
  running: VariantProcess,
  seconds: number,
): Promise<void> {
  const idle: Idle = await running.idle(3)
  reportIdle(variant, idle)
  const [mine, its] = [await running.flush(), await server.commits(databaseOf(variant))]
  const busy = await running.run(64, seconds)
  const [mineAfter, itsAfter] = [await running.flush(), await server.commits(databaseOf(variant))]
  // What the server committed beyond what went through our driver belongs to the turns as well.
  const unseen = Math.max(0, itsAfter - its - (mineAfter - mine))
  const commits = (busy.commits + unseen) / busy.turns
  print({ name: `durable.${variant}.64.round_trips`, value: busy.roundTrips / busy.turns, unit: 'per turn' })
  print({ name: `durable.${variant}.64.commits`, value: commits, unit: 'per turn' })
  print({ name: `durable.${variant}.64.commits.unseen`, value: unseen, unit: 'commits' })
  if (variant === 'grammy') return
  printAim({ name: `durable.${variant}.64.commits`, reached: commits, unit: 'per turn', atMost: 0.1 })
}

function databaseOf(variant: DurableName): string {
  return `bench_${variant.replaceAll('-', '_')}`
}
