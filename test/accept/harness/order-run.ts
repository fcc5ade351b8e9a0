import type { Manners } from './platform.ts'
import { becomesQuiet } from './point.ts'
import { endChild, startChild } from './process.ts'
import type { Server } from './server.ts'
import { once, outOfOrder } from './tally.ts'
import type { Way } from './ways.ts'
import type { Control } from './wire.ts'

export type OrderRun = { chats: number; messages: number; way: Way; control?: Control }

/** The share of sends a platform refuses for now. */
const FAILURES = 0.05
/** Most milliseconds before a send is answered. */
const SLOWEST_MS = 12
/** The longest message the platform takes: the replies below come in two or three parts. */
const TEXT_MAX = 160

/** What the citizens write over and over: replies short and long, so that parts and messages could overtake each other. */
const WORDS = ['menu', 'privasi', 'bantuan', 'terima kasih', 'batal']

export async function orderRun(server: Server, { chats, messages, way, control }: OrderRun) {
  const records = await server.database(control === undefined ? 'ordered' : 'any_order')
  const manners: Manners = {
    parallel: 40,
    onSend: () => {
      const delayMs = Math.random() * SLOWEST_MS
      if (Math.random() >= FAILURES) return { delayMs }
      return Math.random() < 0.5
        ? { delayMs, failure: 'throttled', retryAfterMs: 50 }
        : { delayMs, failure: 'unreachable' }
    },
  }
  const platform = await way.open(manners, records, control !== undefined)
  platform.disturb(FAILURES, SLOWEST_MS)
  const child = startChild()
  platform.prepare(child)
  await child.go({
    ...records.orders,
    ...platform.orders,
    textMax: TEXT_MAX,
    ...(control === undefined ? {} : { control }),
  })
  platform.attach(child)
  const began = performance.now()
  let asked = 0
  const names = Array.from({ length: chats }, (_, n) => platform.citizenAt(`ordered-${n}`))
  await Promise.all(
    names.flatMap((chat, c) =>
      Array.from({ length: messages }, (_, n) => {
        asked += 1
        return platform.post(chat, {
          externalId: `ordered-${c}-${n}`,
          from: { is: 'citizen' },
          kind: 'text',
          text: WORDS[n % WORDS.length] ?? '',
        })
      }),
    ),
  )
  // A reply that failed four times in a row waits up to 15 s.
  if (control === undefined) await becomesQuiet(platform, records)
  else await new Promise(done => setTimeout(done, 1_000))
  const seconds = Math.round((performance.now() - began) / 100) / 10
  await endChild(child)
  platform.close()
  const unsaid = await records.db.pool.query(`select 1 from outbox where status <> 'sent'`)
  const parts = names.map(chat => once(chat))
  const replies = parts.map(seen => new Set(seen.map(({ seq }) => seq)).size)
  return {
    replies: replies.reduce((sum, count) => sum + count, 0),
    parts: parts.reduce((sum, seen) => sum + seen.length, 0),
    sendFailures: platform.counts.failures,
    repliesTwice: names.reduce((sum, chat, n) => sum + chat.seen.length - (parts[n]?.length ?? 0), 0),
    outOfOrder: names.reduce((sum, chat) => sum + outOfOrder(chat), 0),
    /** Questions without a reply, parts that are not there, and what still stands in the outbox. */
    missing:
      replies.reduce((sum, count) => sum + Math.max(0, messages - count), 0) +
      parts.reduce((sum, seen) => sum + gaps(seen.map(({ key }) => key)), 0) +
      (control === undefined ? (unsaid.rowCount ?? 0) : 0),
    asked,
    replySeconds: seconds,
  }
}

/** Parts whose earlier part is not there. */
function gaps(keys: string[]): number {
  const known = new Set(keys)
  return keys.filter(key => {
    const cut = key.lastIndexOf('/') + 1
    const part = Number(key.slice(cut))
    return part > 0 && !known.has(`${key.slice(0, cut)}${part - 1}`)
  }).length
}
