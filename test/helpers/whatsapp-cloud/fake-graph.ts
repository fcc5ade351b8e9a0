import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { business } from './business.ts'
import type { Fault } from './faults.ts'
import { person } from './person.ts'
import { type Door, startServer } from './server.ts'
import { startDelivering } from './webhook.ts'
import type { BusinessState, Options, PersonState, World } from './world.ts'

export type BusinessWish = { name: string; token?: string; secret?: string; verifyToken?: string }

export type Wish = Partial<Options> & {
  /** Default: one business, `Balai`. Each has an app of its own. */
  businesses?: BusinessWish[]
  /** Milliseconds since 1970, for windows, limits and expiry; default the clock of this machine. */
  now?: () => number
  /** Milliseconds of this machine in a second of Meta, for redelivery and delays; default 1000. */
  secondMs?: number
  /** Milliseconds of this machine for an answer of a webhook; default 20 seconds of Meta, and two of ours at least: a busy machine is no slow webhook. */
  patienceMs?: number
  /** What makes chance come out alike; default 1. */
  seed?: number
  port?: number
  door?: (world: World) => Door
}

export type FakeGraph = Awaited<ReturnType<typeof startFakeGraph>>

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

function newBusiness({ name, token, secret, verifyToken }: BusinessWish, index: number): BusinessState {
  return {
    name,
    phoneId: `${106_000_000_000_001 + index}`,
    accountId: `${102_000_000_000_001 + index}`,
    // 62 000 is no number anybody has.
    phone: `62000990${String(index + 1).padStart(4, '0')}`,
    token: token ?? `EAA${randomBytes(24).toString('hex')}`,
    secret: secret ?? randomBytes(16).toString('hex'),
    verifyToken: verifyToken ?? randomBytes(12).toString('hex'),
    isRevoked: false,
    webhook: undefined,
    news: [],
    deliveries: [],
    templates: [],
    chats: new Map(),
    sentAt: [],
    wake: () => undefined,
  }
}

/**
 * Starts a Graph API with WhatsApp of one's own on 127.0.0.1: real HTTP, and stricter than the platform.
 *
 * ```ts
 * const graph = await startFakeGraph()                    // WHATSAPP_CLOUD_API_ROOT=graph.url, and the credentials of
 * const { token, phoneId, secret, verifyToken } = graph.business
 * await graph.business.listens(`${balai}/whatsapp/medan`) // handshake first, then signed posts
 * const siti = graph.user('Siti')
 * siti.says('halo')
 * await graph.until(() => siti.sees().includes('Selamat datang'))
 * siti.presses('Ya')
 * siti.picks('Jalan rusak')
 * graph.breaks({ what: 'messages', times: 1, harm: { hang: 'after' } })
 * graph.business.treats({ batch: 5, disorder: true, again: 0.2 })
 * expect(graph.violations).toEqual([])
 * ```
 */
export async function startFakeGraph(wish: Wish = {}) {
  const { businesses = [{ name: 'Balai' }], secondMs = 1000, seed = 1 } = wish
  let ids = 0
  const watchers = new Set<() => void>()
  const world: World = {
    now: wish.now ?? Date.now,
    secondMs,
    patienceMs: wish.patienceMs ?? Math.max(2000, 20 * secondMs),
    random: chance(seed),
    url: '',
    options: {
      limits: wish.limits ?? false,
      window: wish.window ?? 'answer',
      statuses: wish.statuses ?? ['sent', 'delivered'],
      conversation: wish.conversation ?? true,
    },
    businesses: businesses.map(newBusiness),
    people: [],
    media: new Map(),
    faults: [],
    calls: [],
    violations: [],
    overLimit: [],
    isAway: false,
    nextId: () => {
      ids += 1
      return ids
    },
    onChange: () => {
      for (const watcher of watchers) watcher()
    },
  }
  const server = await startServer(world, wish.port ?? 0, wish.door?.(world))
  world.url = `http://127.0.0.1:${server.port}`
  const end = new AbortController()
  for (const state of world.businesses) startDelivering(world, state, end.signal)
  const owned = world.businesses.map(state => business(world, state, end.signal))
  const [first] = owned
  if (first === undefined) throw new Error('A WhatsApp without a business answers nobody.')

  return {
    url: world.url,
    world,
    businesses: owned,
    business: first,
    user: (name: string, more: Partial<PersonState> = {}) => {
      const key = world.nextId()
      const state: PersonState = {
        key,
        name,
        phone: `620000${String(key).padStart(6, '0')}`,
        userId: `ID.${100_000_000_000_000 + key}`,
        username: undefined,
        hidesPhone: false,
        hasLeft: false,
        ...more,
      }
      world.people.push(state)
      return person(world, first.state, state)
    },
    /** Lets calls go wrong; gives a function that ends it. */
    breaks: (fault: Fault) => {
      world.faults.push(fault)
      return () => {
        world.faults = world.faults.filter(one => one !== fault)
      }
    },
    /** Graph is down: connections are refused, and webhooks hear nothing. */
    goesAway: () => {
      world.isAway = true
      return server.away()
    },
    /** It is there again, on the same port, and delivers what has waited. */
    comesBack: async () => {
      await server.back()
      world.isAway = false
      for (const state of world.businesses) state.wake()
    },
    /** Every call, oldest first. */
    calls: world.calls,
    callsOf: (what: string) => world.calls.filter(call => call.what === what),
    /** What no state of the world excuses: a test of ours ends with this list empty. */
    violations: world.violations,
    /** Calls for which a limit had no room, if `limits` is on. */
    overLimit: world.overLimit,
    media: world.media,
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
      await server.away()
    },
  }
}
