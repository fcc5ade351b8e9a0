import { setTimeout as pause } from 'node:timers/promises'
import { progress } from '../check.ts'
import { createPlatform, type Platform } from './platform.ts'
import { becomesQuiet } from './point.ts'
import { type Child, startChild } from './process.ts'
import type { Server } from './server.ts'

export type Stops = {
  cleanExits: number
  /** Rounds in which messages were on their way when the order came. */
  underLoad: number
  acknowledged: number
  lost: number
  dup: number
  slowestMs: number
}

export function noStops(): Stops {
  return { cleanExits: 0, underLoad: 0, acknowledged: 0, lost: 0, dup: 0, slowestMs: 0 }
}

const CHATS = 24
const MESSAGES = 8
/** The longest a stop may take; asked for again beyond it, with force. */
const STOP_MS = 10_000

/** Stops a child in the middle of its work, starts the next one, and sees that nobody misses anything. */
export async function stopChildren(server: Server, rounds: number): Promise<Stops> {
  const stops = noStops()
  const records = await server.database('stopped')
  let next = startChild({ group: true })
  for (let round = 0; round < rounds; round += 1) {
    // Sends take a moment, so that some are under way when the order comes.
    const platform = createPlatform({ parallel: 40, onSend: () => ({ delayMs: Math.random() * 10 }) })
    const child = next
    next = startChild({ group: true })
    await Promise.all([child.go(records.orders), next.warm])
    platform.attach(child)
    const posted = crowd(platform, `round-${round}`)
    await pause(Math.random() * 60)
    if (!platform.isIdle()) stops.underLoad += 1
    const { how, ms } = await stop(child, round % 2 === 0 ? 'SIGTERM' : 'SIGINT')
    if (how === 0 && ms < STOP_MS) stops.cleanExits += 1
    else progress(`round ${round}: ended with ${how} after ${Math.round(ms)} ms`)
    stops.slowestMs = Math.max(stops.slowestMs, Math.round(ms))
    // The next one takes what is left; then everybody must have been answered, once.
    platform.detach()
    const heir = next
    next = startChild({ group: true })
    await heir.go(records.orders)
    platform.attach(heir)
    await posted
    if (!(await becomesQuiet(platform, records))) stops.lost += 1
    await stop(heir, 'SIGTERM')
    count(stops, platform)
    if (round % 20 === 19) progress(`${round + 1} stops: ${JSON.stringify(stops)}`)
  }
  next.kill('SIGKILL')
  await next.ended
  return stops
}

/** The wrong line, stopped the same way: what it had acknowledged and never did. */
export async function stopNaive(server: Server, rounds: number): Promise<{ lost: number }> {
  const records = await server.database('stopped_naive')
  let acknowledged = 0
  for (let round = 0; round < rounds; round += 1) {
    const platform = createPlatform({ parallel: 40 })
    const child = startChild()
    await child.go({ ...records.orders, control: 'ack-first' })
    platform.attach(child)
    platform.onTaken(() => {
      acknowledged += 1
    })
    void crowd(platform, `naive-${round}`)
    await pause(30)
    child.kill('SIGTERM')
    await child.ended
    platform.close()
  }
  const { rowCount } = await records.db.pool.query('select distinct said from naive_tickets')
  return { lost: acknowledged - (rowCount ?? 0) }
}

/** Citizens who all ask for the menu, again and again; resolves once everything was acknowledged. */
function crowd(platform: Platform, name: string): Promise<unknown> {
  return Promise.all(
    Array.from({ length: CHATS * MESSAGES }, (_, n) => {
      const address = `${name}-${n % CHATS}`
      return platform.post(platform.chatAt('telegram', address), {
        externalId: `${address}-${n}`,
        from: { is: 'citizen' },
        kind: 'text',
        text: 'menu',
      })
    }),
  )
}

async function stop(
  child: Child,
  signal: 'SIGTERM' | 'SIGINT',
): Promise<{ how: number | string; ms: number }> {
  const began = performance.now()
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  if (signal === 'SIGTERM') child.kill(signal)
  else {
    // As Ctrl-C in a terminal, and once more because nothing seemed to happen.
    child.killGroup(signal)
    await pause(5)
    child.killGroup(signal)
  }
  const how = await child.ended
  clearTimeout(force)
  return { how, ms: performance.now() - began }
}

/** Each message has one reply: fewer is a loss, a second one is a repeat. */
function count(stops: Stops, platform: Platform): void {
  platform.close()
  for (const chat of platform.chats()) {
    if (chat.channel !== 'telegram') continue
    const keys = new Set(chat.seen.map(({ key }) => key))
    stops.acknowledged += MESSAGES
    stops.lost += Math.max(0, MESSAGES - keys.size)
    stops.dup += chat.seen.length - keys.size + Math.max(0, keys.size - MESSAGES)
  }
}
