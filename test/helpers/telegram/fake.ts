import { setTimeout as pause } from 'node:timers/promises'
import { bot } from './bot.ts'
import type { Fault } from './faults.ts'
import { group } from './group.ts'
import { startLimits } from './limits.ts'
import { person } from './person.ts'
import { type Door, startServer } from './server.ts'
import type { Chat, User } from './shapes.ts'
import { transcript } from './transcript.ts'
import { defaultUpdates } from './updates.ts'
import { startDelivering } from './webhook.ts'
import { type BotState, newPlace, type World } from './world.ts'

export type BotWish = { username: string; name?: string; token?: string; readsAll?: boolean }

export type Wish = {
  /** Default: one bot, `balai_bot`. */
  bots?: BotWish[]
  /** Milliseconds since 1970, for dates and limits; default the clock of this machine. */
  now?: () => number
  /** Whether Telegram's limits are enforced; waits named by faults always are. */
  limits?: boolean
  /** Milliseconds of this machine in a second of Telegram, for long polls and redelivery; default 1000. */
  secondMs?: number
  /** What makes chance come out alike; default 1. */
  seed?: number
  port?: number
  /** Where updates and messages begin to be counted, for one that starts again and must not repeat itself. */
  firstId?: number
  door?: (world: World) => Door
}

export type FakeTelegram = Awaited<ReturnType<typeof startFakeTelegram>>

/** Mulberry32: enough chance for faults, and the same every run. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function newBot(
  { username, name = username, token, readsAll = false }: BotWish,
  index: number,
  first: number,
) {
  const id = 7000000001 + index
  const state: BotState = {
    user: { id, is_bot: true, first_name: name, username },
    token: token ?? `${id}:${username.padEnd(35, '_').slice(0, 35)}`,
    readsAll,
    revoked: false,
    pending: [],
    nextUpdateId: first,
    allowed: defaultUpdates(),
    webhook: undefined,
    waiting: undefined,
    wake: () => undefined,
    deliveries: [],
    commands: new Map(),
    names: new Map(),
    queries: new Map(),
  }
  return state
}

/**
 * Starts a Telegram of one's own on 127.0.0.1: real HTTP, and stricter than the platform.
 *
 * ```ts
 * const telegram = await startFakeTelegram({ limits: true })   // TELEGRAM_API_ROOT=telegram.url, token telegram.bot.token
 * const siti = telegram.user('Siti')
 * siti.starts()
 * await telegram.until(() => siti.sees().includes('Selamat datang'))
 * siti.presses('Buat pengaduan')
 * const desk = telegram.group('Meja', 'forum')
 * desk.adds(telegram.bot, 'administrator')
 * telegram.breaks({ method: 'sendMessage', chance: 0.3, harm: { flood: [1, 30] } })
 * expect(telegram.violations).toEqual([])
 * expect(telegram.tooEarly).toEqual([])
 * ```
 */
export async function startFakeTelegram(wish: Wish = {}) {
  const { bots = [{ username: 'balai_bot', name: 'Balai' }], secondMs = 1000, seed = 1 } = wish
  let ids = 0
  const watchers = new Set<() => void>()
  const world: World = {
    now: wish.now ?? Date.now,
    secondMs,
    random: chance(seed),
    bots: bots.map((one, index) => newBot(one, index, wish.firstId ?? 100_000_001)),
    places: [],
    files: new Map(),
    faults: [],
    calls: [],
    violations: [],
    tooEarly: [],
    overLimit: [],
    lastMessageId: wish.firstId ?? 0,
    isAway: false,
    nextId: () => {
      ids += 1
      return ids
    },
    onChange: () => {
      for (const watcher of watchers) watcher()
    },
  }
  const limits = startLimits(world, wish.limits ?? false)
  const server = await startServer({ world, limits }, wish.port ?? 0, wish.door?.(world))
  const end = new AbortController()
  for (const state of world.bots) startDelivering(world, state, end.signal)
  const firstBot = world.bots[0]
  if (firstBot === undefined) throw new Error('A Telegram without a bot answers nobody.')

  const newUser = (name: string, more: Partial<User> = {}) => ({
    id: 5000000000 + world.nextId(),
    is_bot: false,
    first_name: name,
    language_code: 'id',
    ...more,
  })
  const owner = newUser('Pemilik Grup')

  return {
    url: `http://127.0.0.1:${server.port}`,
    world,
    bots: world.bots.map(bot),
    bot: bot(firstBot),
    user: (name: string, more: Partial<User> = {}) => person(world, firstBot, newUser(name, more)),
    /** A group: a basic one, a supergroup, or with topics a forum. */
    group: (title: string, kind: 'group' | 'supergroup' | 'forum' = 'supergroup') => {
      const number = world.nextId()
      const chat: Chat =
        kind === 'group'
          ? { id: -4000000000 - number, type: 'group', title }
          : {
              id: -1002000000000 - number,
              type: 'supergroup',
              title,
              ...(kind === 'forum' ? { is_forum: true as const } : {}),
            }
      const place = newPlace(world, chat)
      place.members.set(owner.id, { user: owner, status: 'creator' })
      world.places.push(place)
      return group(world, place, owner)
    },
    /** Lets calls go wrong; gives a function that ends it. */
    breaks: (fault: Fault) => {
      world.faults.push(fault)
      return () => {
        world.faults = world.faults.filter(one => one !== fault)
      }
    },
    /** Telegram is down: connections are refused, and webhooks hear nothing. */
    goesAway: () => {
      world.isAway = true
      return server.away()
    },
    /** It is there again, on the same port, and delivers what has waited. */
    comesBack: async () => {
      await server.back()
      world.isAway = false
      for (const state of world.bots) state.wake()
    },
    /** Every call, oldest first; `bot` is empty where the token is nobody's. */
    calls: world.calls,
    callsOf: (method: string) => world.calls.filter(call => call.method === method),
    /** What no state of the world excuses: a test of ours ends with this list empty. */
    violations: world.violations,
    /** Calls made before the time that a 429 had named. */
    tooEarly: world.tooEarly,
    /** Calls for which a window of the limits had no room, if `limits` is on. */
    overLimit: world.overLimit,
    files: world.files,
    transcript,
    /** Waits until this gives something true, at most `ms` of this machine. */
    until: async <T>(look: () => T | undefined | false, ms = 20_000): Promise<T> => {
      const last = performance.now() + ms
      for (;;) {
        const found = look()
        if (found !== undefined && found !== false) return found
        if (performance.now() > last) throw new Error(`After ${ms} ms it was not so: ${look}`)
        await pause(5)
      }
    },
    /** Is told whenever something a person would see has changed; gives a function that ends it. */
    watch: (watcher: () => void) => {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
    close: async () => {
      end.abort()
      for (const state of world.bots) state.waiting?.()
      await server.away()
    },
  }
}
