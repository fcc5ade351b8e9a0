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

/**
 * The real program with its own database at work for `--minutes`: `--lanes` citizens file one report after another through the front door. Its
 * memory is sampled all the while and its trend, without the first third, is flat; every report has its ticket and no message came twice.
 * Control: the same with a leak of two megabytes a second, for `--control` minutes, must not be called flat.
 */
export const check: Check = {
  async run(flags) {
    const minutes = size(flags, 'minutes', 30)
    const lanes = size(flags, 'lanes', 4)
    const sound = await soak(minutes, lanes, {})
    const preload = pathToFileURL(join(import.meta.dirname, 'soak/leak.ts')).href
    const leaking = await soak(size(flags, 'control', 3), lanes, { NODE_OPTIONS: `--import ${preload}` })
    const [grew, leaked] = [growth(sound.samples), growth(leaking.samples)]
    const totals = {
      minutes,
      filed: sound.filed,
      lost: sound.lost,
      dupTickets: sound.doubled,
      dupReplies: sound.repeated,
      samples: sound.samples.length,
      meanMiB: Math.round(grew.mean),
      growthMiBPerHour: Math.round(grew.perMinute * 60),
      flat: isFlat(sound.samples),
      exitCode: String(sound.exitCode),
      controlGrowthMiBPerHour: Math.round(leaked.perMinute * 60),
      controlFlat: isFlat(leaking.samples),
    }
    const isWhole = totals.lost + totals.dupTickets + totals.dupReplies === 0 && sound.exitCode === 0
    return { totals, ok: isWhole && totals.filed > 0 && totals.flat && !totals.controlFlat }
  },
}

async function soak(minutes: number, lanes: number, env: Record<string, string>) {
  const balai = await openBalai({ LOG_LEVEL: 'warn', ...env })
  try {
    await balai.start()
    const began = performance.now()
    const passed = () => (performance.now() - began) / MINUTE_MS
    const work = fileOn(balai.url, lanes)
    const samples: Sample[] = []
    while (passed() < minutes) {
      await pause((minutes * MINUTE_MS) / SAMPLES)
      samples.push({ minute: passed(), mib: await memoryOf(balai.url) })
      if (samples.length % 20 === 0)
        progress(`${passed().toFixed(1)} min: ${Math.round(samples.at(-1)?.mib ?? 0)} MiB`)
    }
    const filed = await work.stop()
    const tickets = await inDatabase(balai.dataDir, async client => {
      const { rows } = await client.query<{ count: string }>('select count(*) from tickets')
      return Number(rows[0]?.count)
    })
    const coded = filed.filter(({ code }) => code !== undefined).length
    return {
      samples,
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

/** What the program itself says of its memory, in megabytes. */
async function memoryOf(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const bytes = /^balai_resident_memory_bytes (\d+)/m.exec(text)?.[1]
  if (bytes === undefined) throw new Error('/metrics tells no memory.')
  return Number(bytes) / 2 ** 20
}
