import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openBalai } from './canary/balai.ts'
import { type Check, progress, size } from './check.ts'
import { databaseUrl } from './harness/database-url.ts'
import { type Server, startServer } from './harness/server.ts'
import { quantile } from './harness/talkers.ts'
import { addressOf, openCaller } from './load/caller.ts'
import { watchMetrics } from './load/memory.ts'
import { openPeople } from './load/polite.ts'
import { swapped } from './load/swapped.ts'
import { type Crowd, openCrowd } from './overload/crowd.ts'

/** What a process may come to hold, and how long it may take to be as before. */
const MEMORY_MIB = 512
const RECOVERED_S = 30
const RATIO = 6
/** The kill comes when as many messages were taken as there are hands, or so long after the first. */
const STRUCK_MS = 60_000
const AT_EASE_MS = 1_000

/**
 * Guarantee F21: `--hands` write without a pause for `--seconds`, more than the house can take. What is too much is answered 503 with
 * Retry-After, memory stays bounded, reports are turned away before any answer is, and half a minute later all is as before. Then the
 * same once more with `kill -9` at its height: everything that was acknowledged is there. The control says "received" first.
 */
export const check: Check = {
  async run(flags) {
    const seconds = size(flags, 'seconds', 30)
    const hands = size(flags, 'hands', 950)
    const server = await startServer()
    try {
      const ackFirst = { '/src/inbox/inbox.ts': join(import.meta.dirname, 'overload/ack-first.ts') }
      const control = await killed(server, 'ack_first', hands, { env: swapped(ackFirst), patienceMs: 0 })
      progress(`control, says "received" first: ${JSON.stringify(control)}`)
      const ran = await pressed(server, seconds, hands)
      progress(JSON.stringify(ran))
      const struck = await killed(server, 'struck', hands)
      const isRefused = ran.shed > 0 && ran.withoutRetryAfter === 0
      const isWhole = ran.lost + struck.lost + ran.crashes + ran.answersRefused === 0 && struck.taken > 0
      const isInOrder = ran.reportsRefused > 0
      const isRecovered =
        ran.recoveredWithinS <= RECOVERED_S && ran.afterP95ms <= Math.max(AT_EASE_MS, RATIO * ran.calmP95ms)
      return {
        totals: {
          ...ran,
          struckTaken: struck.taken,
          struckLost: struck.lost,
          controlTaken: control.taken,
          controlLost: control.lost,
        },
        ok: isRefused && isWhole && isInOrder && isRecovered && ran.rssMiB < MEMORY_MIB && control.lost > 0,
      }
    } finally {
      await server.stop()
    }
  },
}

async function open(server: Server, name: string, env: Record<string, string>) {
  const records = await server.database(name)
  return openBalai({
    DATABASE_URL: databaseUrl(records.address),
    OFFICES: 'medan,lhokseumawe',
    LOG_LEVEL: 'warn',
    ...env,
  })
}

async function pressed(server: Server, seconds: number, hands: number) {
  const balai = await open(server, 'pressed', {})
  try {
    await balai.start()
    const people = await openPeople(balai.url, 6, n => addressOf(5, n))
    await people.watch(4_000)
    const calm = await people.watch(8_000)
    const crowd = await openCrowd(balai.url, hands)
    const watch = watchMetrics(balai.url)
    const until = performance.now() + seconds * 1000
    const isOver = () => performance.now() > until
    const [met, order] = await Promise.all([crowd.press(hands, isOver), watchOrder(balai.url, isOver)])
    const began = performance.now()
    const recoveredWithinS = await isCalm(watch, began)
    const most = await watch.stop()
    const after = await people.watch(8_000)
    const lost = await crowd.lost()
    crowd.close()
    people.close()
    const code = await balai.stop()
    return {
      ...met,
      ...order,
      lost,
      rssMiB: most.rssMiB,
      heapMiB: most.heapMiB,
      lateMs: most.lateMs,
      level: most.level,
      calmP95ms: quantile(calm.latencies, 0.95),
      afterP95ms: quantile(after.latencies, 0.95),
      recoveredWithinS,
      crashes: code === 0 ? 0 : 1,
    }
  } finally {
    await balai.remove()
  }
}

/** Reports are asked for, and an open chat is read, again and again: who of them is turned away. */
async function watchOrder(url: string, isOver: () => boolean) {
  const caller = openCaller(url, addressOf(12, 0))
  const { body } = await caller.post('/chat/medan/sessions', {})
  const { session = '' } = body.startsWith('{"session"') ? (JSON.parse(body) as { session: string }) : {}
  const refusedOf = async (path: string) => {
    let refused = 0
    while (!isOver()) {
      const { status } = await caller.get(path)
      if (status === 503) refused += 1
      await pause(250)
    }
    return refused
  }
  const [reportsRefused, answersRefused] = await Promise.all([
    refusedOf('/medan/data/figures.json'),
    session === '' ? 0 : refusedOf(`/chat/medan/messages?session=${session}&after=0`),
  ])
  caller.close()
  return { reportsRefused, answersRefused }
}

/** Seconds until the load is as usual; 999 when it is not in time. */
async function isCalm(watch: ReturnType<typeof watchMetrics>, began: number): Promise<number> {
  for (;;) {
    const seconds = (performance.now() - began) / 1000
    const { level, missed } = await watch.now()
    if (level === 0 && missed === 0) return Math.round(seconds * 10) / 10
    if (seconds > 2 * RECOVERED_S) return 999
    await pause(200)
  }
}

/** Ends the process at the height of it, starts it again, and looks for all that was acknowledged. */
async function killed(
  server: Server,
  name: string,
  hands: number,
  { env = {}, patienceMs }: { env?: Record<string, string>; patienceMs?: number } = {},
) {
  const balai = await open(server, name, env)
  let crowd: Crowd | undefined
  try {
    await balai.start()
    crowd = await openCrowd(balai.url, hands)
    let isOver = false
    const pressing = crowd.press(hands, () => isOver)
    const began = performance.now()
    while (crowd.taken() < hands && performance.now() - began < STRUCK_MS) await pause(20)
    isOver = true
    await balai.kill()
    const { taken } = await pressing
    await balai.start()
    return { taken, lost: await crowd.lost(patienceMs) }
  } finally {
    crowd?.close()
    await balai.remove()
  }
}
