import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** To be imported before the program: writes its memory to `memory.ndjson` in its DATA_DIR, every `SOAK_EVERY_MS`. */
const { DATA_DIR = '', SOAK_EVERY_MS = '15000' } = process.env

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const mib = (bytes: number) => bytes / 2 ** 20

setInterval(() => {
  // Still starting.
  if (!existsSync(DATA_DIR)) return
  const before = process.memoryUsage()
  // What a collection gives back is no leak: V8 lets garbage lie for minutes while there is room, the longer the less there is to do.
  collect()
  const { rss, heapUsed, external } = process.memoryUsage()
  const sample = {
    minute: process.uptime() / 60,
    live: mib(heapUsed + external),
    resident: mib(rss),
    before: mib(before.rss),
  }
  appendFileSync(join(DATA_DIR, 'memory.ndjson'), `${JSON.stringify(sample)}\n`)
}, Number(SOAK_EVERY_MS)).unref()
