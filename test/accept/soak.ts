import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { openBalai } from './canary/balai.ts'
import { inDatabase } from './canary/dump.ts'
import { type Check, progress, size } from './check.ts'
import { fileOn } from './harness/file-on.ts'
import { growth, isFlat, type Sample } from './soak/trend.ts'

const MINUTE_MS = 60_000
/** Samples in a run, whatever its length: enough for a trend, few enough to compare in pairs. */
const SAMPLES = 120
/** MiB by which what is in use may differ after collections: what is under way just then. */
const LIVE_SLACK = 3
/** Guarantee F21, in MiB: what the program may take at any moment, garbage and all. */
const MOST_RESIDENT = 512

/** What `soak/memory.ts` writes, in MiB: in use and resident after a collection, and resident before it. */
type Memory = { minute: number; live: number; resident: number; before: number }

/**
 * The real program with its own database at work for `--minutes`: `--lanes` citizens file one report after another through the front door. Its
 * memory is sampled all the while, each time after a collection of garbage: what is in use, which tells what the program does not let go, and what
 * is resident, which tells what is lost outside of it. Both trends are flat without the first third, what is resident with its garbage stays below
 * `MOST_RESIDENT`; every report has its ticket and no message came twice. Control: the same with a leak of half a megabyte a second, for
 * `--control` minutes, must not be called flat by either.
 */
export const check: Check = {
  async run(flags) {
    const minutes = size(flags, 'minutes', 30)
    const lanes = size(flags, 'lanes', 4)
    const sound = await soak(minutes, lanes, [])
    const leaking = await soak(size(flags, 'control', 3), lanes, ['leak.ts'])
    const [live, resident] = [of(sound.memory, 'live'), of(sound.memory, 'resident')]
    const [leakLive, leakResident] = [of(leaking.memory, 'live'), of(leaking.memory, 'resident')]
    const totals = {
      minutes,
      filed: sound.filed,
      lost: sound.lost,
      dupTickets: sound.doubled,
      dupReplies: sound.repeated,
      samples: sound.memory.length,
      liveMiB: Math.round(growth(live).mean),
      liveMiBPerHour: Math.round(growth(live).perMinute * 60),
      liveFlat: isFlat(live, LIVE_SLACK),
      residentMiB: Math.round(growth(resident).mean),
      residentMiBPerHour: Math.round(growth(resident).perMinute * 60),
      residentFlat: isFlat(resident),
      mostMiB: Math.round(Math.max(0, ...sound.memory.map(({ before }) => before))),
      exitCode: String(sound.exitCode),
      controlMiBPerHour: Math.round(growth(leakLive).perMinute * 60),
      controlLiveFlat: isFlat(leakLive, LIVE_SLACK),
      controlResidentFlat: isFlat(leakResident),
    }
    const isWhole = totals.lost + totals.dupTickets + totals.dupReplies === 0 && sound.exitCode === 0
    const isSteady = totals.liveFlat && totals.residentFlat && totals.mostMiB < MOST_RESIDENT
    const isCaught = !totals.controlLiveFlat && !totals.controlResidentFlat
    return { totals, ok: isWhole && totals.filed > 0 && isSteady && isCaught }
  },
}

async function soak(minutes: number, lanes: number, besides: string[]) {
  const preloads = ['memory.ts', ...besides].map(name => `--import ${urlOf(name)}`)
  const everyMs = (minutes * MINUTE_MS) / SAMPLES
  const balai = await openBalai({
    LOG_LEVEL: 'warn',
    NODE_OPTIONS: preloads.join(' '),
    SOAK_EVERY_MS: String(everyMs),
  })
  try {
    await balai.start()
    const work = fileOn(balai.url, lanes)
    for (let n = 1; n <= SAMPLES; n += 1) {
      await pause(everyMs)
      if (n % 20 === 0) progress(await lastOf(balai.dataDir))
    }
    const filed = await work.stop()
    const tickets = await inDatabase(balai.dataDir, async client => {
      const { rows } = await client.query<{ count: string }>('select count(*) from tickets')
      return Number(rows[0]?.count)
    })
    const coded = filed.filter(({ code }) => code !== undefined).length
    return {
      memory: await memoryIn(balai.dataDir),
      filed: filed.length,
      lost: filed.length - coded + Math.max(0, coded - tickets),
      doubled: Math.max(0, tickets - filed.length),
      repeated: filed.reduce((sum, { doubled }) => sum + doubled, 0),
      exitCode: await balai.stop(),
    }
  } finally {
    await balai.remove()
  }
}

const urlOf = (name: string) => pathToFileURL(join(import.meta.dirname, 'soak', name)).href

async function memoryIn(dataDir: string): Promise<Memory[]> {
  const lines = (await readFile(join(dataDir, 'memory.ndjson'), 'utf8')).trim().split('\n')
  const memory = lines.map(line => JSON.parse(line) as Memory)
  // A busy machine may take minutes to start it.
  return memory.map(one => ({ ...one, minute: one.minute - (memory[0]?.minute ?? 0) }))
}

async function lastOf(dataDir: string): Promise<string> {
  const { minute, live, resident, before } = (await memoryIn(dataDir)).at(-1) ?? NO_MEMORY
  const [used, left, all] = [live, resident, before].map(Math.round)
  return `${minute.toFixed(1)} min: ${used} MiB in use, ${left} resident, ${all} with garbage`
}

const NO_MEMORY: Memory = { minute: 0, live: 0, resident: 0, before: 0 }

function of(memory: readonly Memory[], what: 'live' | 'resident'): Sample[] {
  return memory.map(one => ({ minute: one.minute, mib: one[what] }))
}
