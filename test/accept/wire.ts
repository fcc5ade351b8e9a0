import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { openLog } from '../../src/lib/log.ts'
import type { House } from '../../src/offices/house.ts'
import { openHouses } from '../../src/offices/open-houses.ts'
import type { ServerAddress } from '../../src/records/address.ts'
import { startThrowAway } from '../../src/records/embedded/throw-away.ts'
import { migrate } from '../../src/records/migrate.ts'
import { type Check, progress, size } from './check.ts'
import { type Harm, judge } from './wire/judge.ts'
import { type Lane, openLane } from './wire/lane.ts'
import type { Mode } from './wire/proxy.ts'
import { type Scenario, scenarios } from './wire/scenarios.ts'

const flowsDir = fileURLToPath(new URL('../../flows', import.meta.url))

type Counted = Harm & { cuts: number; runs: number }

/** One cut to be made: at which message of which scenario, and how. */
type Cut = { scenario: Scenario; mode: Mode; index: number }

async function counts(lane: Lane, scenario: Scenario, who: string): Promise<number> {
  await scenario.prepare(lane, who)
  lane.proxy.arm('before', Number.POSITIVE_INFINITY)
  await scenario.act(lane, who)
  await lane.quiet()
  return lane.proxy.disarm().seen
}

async function makeCut(lane: Lane, { scenario, mode, index }: Cut, who: string): Promise<Counted> {
  await scenario.prepare(lane, who)
  lane.proxy.arm(mode, index)
  const acknowledged = await scenario.act(lane, who)
  const isQuiet = await lane.quiet()
  const { hit } = lane.proxy.disarm()
  const harm = await judge(lane, scenario, who)
  if (!acknowledged || !isQuiet) harm.lost += 1
  if (harm.torn + harm.lost + harm.dup > 0)
    progress(`${scenario.name}, ${mode} ${index}: ${JSON.stringify({ ...harm, acknowledged, isQuiet })}`)
  lane.sent.length = 0
  return { ...harm, cuts: hit ? 1 : 0, runs: 1 }
}

/** Every message of every scenario is a place to cut; lanes take them off one list. */
async function cutEverywhere(lanes: Lane[], modes: Mode[], every: number): Promise<Counted> {
  const total: Counted = { torn: 0, lost: 0, dup: 0, sentTwice: 0, cuts: 0, runs: 0 }
  const [first] = lanes
  if (first === undefined) return total
  const todo: Cut[] = []
  for (const [n, scenario] of scenarios.entries()) {
    // Twice: the first run of a scenario prepares statements, which later ones find prepared.
    const most = Math.max(
      await counts(first, scenario, `count-${n}`),
      await counts(first, scenario, `again-${n}`),
    )
    progress(`${scenario.name}: ${most} messages on the wire`)
    for (let index = 0; index < most; index += every)
      for (const mode of modes) todo.push({ scenario, mode, index })
  }
  let next = 0
  await Promise.all(
    lanes.map(async (lane, n) => {
      for (let cut = todo[next++]; cut !== undefined; cut = todo[next++]) {
        const made = await makeCut(lane, cut, `citizen-${n}-${next}`)
        for (const name of Object.keys(total) as (keyof Counted)[]) total[name] += made[name]
        if (total.runs % 100 === 0) progress(`${total.runs} of ${todo.length}: ${JSON.stringify(total)}`)
      }
    }),
  )
  return total
}

async function onLanes<T>(
  server: ServerAddress,
  houses: ReadonlyMap<string, House>,
  how: { name: string; lanes: number; isNaive: boolean },
  work: (lanes: Lane[]) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(server)
  await client.connect()
  const lanes: Lane[] = []
  for (let n = 0; n < how.lanes; n += 1) {
    const database = `${how.name}_${n}`
    await client.query(`create database ${database}`)
    await migrate({ ...server, database })
    lanes.push(await openLane({ ...server, database }, houses, how))
  }
  await client.end()
  try {
    return await work(lanes)
  } finally {
    for (const lane of lanes) await lane.close()
  }
}

/**
 * Guarantees F3, F9, R2: whatever message on the wire to PostgreSQL a connection dies at, before it, after it or in silence,
 * nothing is half done, lost or doubled, and the process lives. `--modes before,after,silent`; `--every n` takes each n-th
 * message only. The control sends the same statements without a transaction around them, and must be caught torn.
 */
export const check: Check = {
  async run(flags) {
    const modes = (flags.modes ?? 'before,after,silent').split(',') as Mode[]
    const every = Math.max(1, size(flags, 'every', 1))
    const lanes = size(flags, 'lanes', 8)
    let deaths = 0
    for (const death of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(death, (error: unknown) => {
        deaths += 1
        progress(`${death}: ${error instanceof Error ? error.stack : String(error)}`)
      })
    }
    const { houses } = await openHouses({ flowsDir, offices: ['medan'], mode: 'trial' }, openLog('silent'))
    const embedded = await startThrowAway(openLog('silent'), { max_connections: '150' })
    try {
      const naive = { name: 'naive', lanes: Math.min(lanes, 4), isNaive: true }
      progress('control: the same statements, each committed by itself')
      const control = await onLanes(embedded.owner, houses, naive, some => cutEverywhere(some, ['before'], 5))
      const real = { name: 'wire', lanes, isNaive: false }
      const counted = await onLanes(embedded.owner, houses, real, all => cutEverywhere(all, modes, every))
      const totals = { ...counted, deaths, controlTorn: control.torn, controlDup: control.dup }
      const held = counted.torn + counted.lost + counted.dup + deaths === 0
      const wanted = Math.ceil((200 * modes.length) / every)
      return { totals, ok: held && counted.cuts >= wanted && control.torn > 0 }
    } finally {
      await embedded.stop()
    }
  },
}
