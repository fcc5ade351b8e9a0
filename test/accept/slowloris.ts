import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openBalai } from './canary/balai.ts'
import { type Check, progress, size } from './check.ts'
import { databaseUrl } from './harness/database-url.ts'
import { type Server, startServer } from './harness/server.ts'
import { quantile } from './harness/talkers.ts'
import { addressOf } from './load/caller.ts'
import { watchMetrics } from './load/memory.ts'
import { openPeople } from './load/polite.ts'
import { swapped } from './load/swapped.ts'
import { openChat, type WebChat } from './load/web-chat.ts'
import { beSlow, MANNERS, neverReading, type Slow } from './slowloris/slow.ts'

/** Others may wait so many times as long as without slow clients, or this long where that is nothing. */
const RATIO = 6
const AT_EASE_MS = 1_000
const PEOPLE = 12
/** More connections from one address than there are for all. */
const GREEDY = 1_100
/** Readers of one chat at once, and the words that wait for each of them. */
const READERS = 30
const WORDS = 'panjang '.repeat(500)
/** What a process may come to hold. */
const MEMORY_MIB = 512
/** A body may take 15 s and the longest manner of holding on that is not reading 60 s; the look is every second, on a busy machine later. */
const LONGEST_MS = 30_000

/**
 * Guarantee T26: `--slow` clients of each kind hold on to connections for `--seconds`: headers and bodies a byte a second, kept
 * connections that say nothing more, connections that never say a word, readers of a chat who never read; and one address opens more
 * than there are. Others are served all the while, nobody of them is refused, memory stays bounded, and slow ones are ended. The
 * control waits for everybody, and lets one address have them all.
 */
export const check: Check = {
  async run(flags) {
    const seconds = size(flags, 'seconds', 60)
    const slow = size(flags, 'slow', 75)
    const server = await startServer()
    try {
      const patient = {
        '/src/channels/web/server-limits.ts': join(import.meta.dirname, 'slowloris/patient-server.ts'),
      }
      const control = await besieged(server, 'slow_control', Math.min(seconds, 25), slow, swapped(patient))
      progress(`control, waits for everybody: ${JSON.stringify(control)}`)
      const ran = await besieged(server, 'slow', seconds, slow, {})
      const isTimely = ran.othersP95ms <= Math.max(AT_EASE_MS, RATIO * ran.calmP95ms)
      const isKept = ran.refused + ran.unanswered + ran.lostReplies + ran.crashes === 0
      const isEnded = ran.stillHeld === 0 && ran.longestMs <= LONGEST_MS
      const controlHeld = control.stillHeld > 0 && control.refused + control.unanswered > 0
      return {
        totals: {
          ...ran,
          controlStillHeld: control.stillHeld,
          controlRefused: control.refused + control.unanswered,
        },
        ok: isTimely && isKept && isEnded && ran.rssMiB < MEMORY_MIB && controlHeld,
      }
    } finally {
      await server.stop()
    }
  },
}

async function besieged(
  server: Server,
  name: string,
  seconds: number,
  slow: number,
  env: Record<string, string>,
) {
  const records = await server.database(name)
  const balai = await openBalai({ DATABASE_URL: databaseUrl(records.address), LOG_LEVEL: 'warn', ...env })
  const holding: Slow[] = []
  try {
    await balai.start()
    const people = await openPeople(balai.url, PEOPLE, n => addressOf(5, n))
    await people.watch(4_000)
    const calm = await people.watch(Math.min(seconds, 15) * 1000)
    const watch = watchMetrics(balai.url)
    const chats = await readChats(balai.url, Math.ceil(slow / READERS))
    for (const [n, manner] of Object.values(MANNERS).entries())
      holding.push(beSlow(balai.url, addressOf(7, n), slow, manner))
    const readers = chats.map((chat, n) =>
      beSlow(balai.url, addressOf(8, n), READERS, neverReading(chat.session)),
    )
    // Whoever came before keeps their connection; this one gets no more than a share.
    const greedy = beSlow(balai.url, addressOf(9, 0), GREEDY, MANNERS.mute)
    const late = await pause(1_000).then(() =>
      openPeople(balai.url, 2, n => addressOf(10, n)).catch(() => undefined),
    )
    const until = performance.now() + seconds * 1000
    const [met, lateMet, lostReplies] = await Promise.all([
      people.watch(seconds * 1000),
      late?.watch(seconds * 1000) ?? { latencies: [], refused: 1, unanswered: 0 },
      fillUp(chats, until),
    ])
    const { rssMiB, heapMiB, missed } = await watch.stop()
    // Those that are ended by a clock; whoever reads nothing, or says nothing at all, is ended a minute later.
    const ends = holding.map(one => one.met())
    for (const one of [...holding, ...readers, greedy]) one.close()
    people.close()
    late?.close()
    for (const { caller } of chats) caller.close()
    const answered = await balai.stop()
    return {
      slow: ends.reduce((sum, { opened }) => sum + opened, 0) + readers.length * READERS,
      greedyHeld: greedy.met().opened - greedy.met().ended,
      calmP95ms: quantile(calm.latencies, 0.95),
      othersP95ms: quantile(met.latencies, 0.95),
      refused: met.refused + lateMet.refused + missed,
      unanswered: met.unanswered + lateMet.unanswered,
      lostReplies,
      stillHeld: ends.reduce((sum, { opened, ended }) => sum + opened - ended, 0),
      longestMs: Math.max(...ends.map(({ longestMs }) => longestMs)),
      rssMiB,
      heapMiB,
      crashes: answered === 0 ? 0 : 1,
    }
  } finally {
    await balai.remove()
  }
}

/** Chats that are followed by readers who read nothing. */
async function readChats(url: string, count: number): Promise<WebChat[]> {
  const chats: WebChat[] = []
  for (let n = 0; n < count; n += 1) chats.push(await openChat(url, addressOf(8, n)))
  return chats
}

/** Writes into the chats nobody reads from, long words again and again; gives how many were taken and do not stand there. */
async function fillUp(chats: WebChat[], until: number): Promise<number> {
  const lost = await Promise.all(
    chats.map(async chat => {
      let taken = 0
      for (let n = 0; performance.now() < until; n += 1) {
        const { status } = await chat.post(`w${n}`, WORDS)
        if (status === 200) taken += 1
        await pause(600)
      }
      const kept = (await chat.all()).filter(({ from }) => from === 'citizen').length
      return Math.max(0, taken - kept)
    }),
  )
  return lost.reduce((sum, one) => sum + one, 0)
}
