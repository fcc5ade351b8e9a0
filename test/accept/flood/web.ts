import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openBalai } from '../canary/balai.ts'
import { progress, type Verdict } from '../check.ts'
import { databaseUrl } from '../harness/database-url.ts'
import { type Server, startServer } from '../harness/server.ts'
import { quantile } from '../harness/talkers.ts'
import { addressOf } from '../load/caller.ts'
import { openPeople, type Polite } from '../load/polite.ts'
import { swapped } from '../load/swapped.ts'
import type { WebChat } from '../load/web-chat.ts'
import { type Flood, manyChats, oneAddress, oneChat } from './flooders.ts'
import { BOUND_MS } from './platform.ts'

/** People of the flooded office, and of another. */
const PEOPLE = 20
const ELSEWHERE = 8

/** The web chat of the real program, flooded by one chat, by one address, and by many chats of one office. */
export async function floodWeb(seconds: number, chats: number): Promise<Verdict> {
  const server = await startServer()
  try {
    const control = await flooded(server, 'flood_control', Math.min(seconds, 10), chats, {
      parts: ['many'],
      env: swapped({ '/src/inbox/inbox.ts': join(import.meta.dirname, '../overload/ack-first.ts') }),
    })
    progress(`control, takes everything and answers in its order: ${JSON.stringify(control)}`)
    const ran = await flooded(server, 'flood', seconds, chats, {
      parts: ['chat', 'address', 'many'],
      env: {},
    })
    const waits = [ran.chatP95ms, ran.addressP95ms, ran.manyP95ms, ran.elsewhereP95ms]
    const kept = ran.lost + ran.dropped + ran.refused + ran.unanswered === 0 && ran.stillOpen
    const isCaught = control.calmP95ms < BOUND_MS && control.manyP95ms > BOUND_MS
    const isFlood = ran.limitedChat > 0 && ran.limitedAddress > 0 && ran.taken > chats
    return {
      totals: { ...ran, controlManyP95ms: control.manyP95ms, controlCalmP95ms: control.calmP95ms },
      ok: kept && isFlood && waits.every(ms => ms < BOUND_MS) && isCaught,
    }
  } finally {
    await server.stop()
  }
}

type Part = 'chat' | 'address' | 'many'

async function flooded(
  server: Server,
  name: string,
  seconds: number,
  chats: number,
  { parts, env }: { parts: Part[]; env: Record<string, string> },
) {
  const records = await server.database(name)
  const balai = await openBalai({
    DATABASE_URL: databaseUrl(records.address),
    OFFICES: 'medan,lhokseumawe',
    LOG_LEVEL: 'warn',
    ...env,
  })
  const ms = seconds * 1000
  const totals = {
    taken: 0,
    lost: 0,
    dropped: 0,
    limitedChat: 0,
    limitedAddress: 0,
    shed: 0,
    stillOpen: true,
  }
  const polite = { refused: 0, unanswered: 0 }
  const p95 = ({ latencies, refused, unanswered }: Polite) => {
    polite.refused += refused
    polite.unanswered += unanswered
    return quantile(latencies, 0.95)
  }
  try {
    await balai.start()
    const here = await openPeople(balai.url, PEOPLE, n => addressOf(5, n))
    const elsewhere = await openPeople(balai.url, ELSEWHERE, n => addressOf(6, n), 'lhokseumawe')
    // The first turns of a process are its slowest.
    await here.watch(4_000)
    const calmP95ms = p95(await here.watch(ms))
    progress(`${name}: others wait ${calmP95ms} ms without a flood`)

    async function flood(one: Flood): Promise<{ own: number; other: number; limited: number }> {
      const [met, own, other] = await Promise.all([
        one.pour(performance.now() + ms),
        here.watch(ms),
        elsewhere.watch(ms),
      ])
      totals.taken += met.taken
      totals.dropped += met.dropped
      totals.shed += met.shed
      // The control answers for minutes: what it keeps others waiting is all there is to know of it.
      if (Object.keys(env).length === 0) totals.lost += await one.lost()
      one.close()
      const waits = { own: p95(own), other: p95(other), limited: met.limited }
      progress(`${name}: ${JSON.stringify({ ...met, ...waits })}`)
      return waits
    }

    const waits = { chat: 0, address: 0, many: 0, elsewhere: 0 }
    if (parts.includes('chat')) {
      const one = await oneChat(balai.url)
      const { own, limited } = await flood(one)
      waits.chat = own
      totals.limitedChat = limited
      totals.stillOpen = await isStillOpen(one.chat)
    }
    if (parts.includes('address')) {
      const { own, limited } = await flood(await oneAddress(balai.url))
      waits.address = own
      totals.limitedAddress = limited
    }
    if (parts.includes('many')) {
      const { own, other } = await flood(await manyChats(balai.url, chats))
      waits.many = own
      waits.elsewhere = other
    }
    here.close()
    elsewhere.close()
    return {
      calmP95ms,
      chatP95ms: waits.chat,
      addressP95ms: waits.address,
      manyP95ms: waits.many,
      elsewhereP95ms: waits.elsewhere,
      ...totals,
      ...polite,
    }
  } finally {
    await balai.remove()
  }
}

/** Once the minute is over, the report the flood began in is still open, and can be called off. */
async function isStillOpen(chat: WebChat): Promise<boolean> {
  const before = (await chat.all()).at(-1)?.seq ?? 0
  await pause(60_000 - (Date.now() % 60_000) + 1_000)
  await chat.say('after-the-flood', 'batal')
  for (let looks = 0; looks < 10; looks += 1) {
    const lines = (await chat.read(before, 5)) ?? []
    if (lines.some(({ from, text }) => from === 'bot' && /dibatalkan/i.test(text))) return true
  }
  return false
}
