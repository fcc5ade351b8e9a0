import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { onTestFinished } from 'vitest'
import {
  type InboundMessage,
  type OutboundMessage,
  type Outcome,
  SendError,
} from '../../../src/channels/channel.ts'
import type { StoredFile } from '../../../src/channels/ports.ts'
import { whatsappCloudCounts } from '../../../src/channels/whatsapp-cloud/counts.ts'
import type { CloudOptions, Times, Trouble } from '../../../src/channels/whatsapp-cloud/ports.ts'
import { whatsappCloudChannel } from '../../../src/channels/whatsapp-cloud/whatsapp-cloud-channel.ts'
import { createCounters } from '../../../src/lib/counters.ts'
import type { Log } from '../../../src/lib/log.ts'
import { startFakeGraph, type Wish } from '../../helpers/whatsapp-cloud/fake-graph.ts'

export const OFFICE = 'medan'

/** Thrown where a test lets the database be away. */
export class Away extends Error {}

export const FAST: Times = { send: 2_000, call: 2_000, upload: 2_000, download: 1_000 }

type Change = Partial<CloudOptions> & {
  wish?: Wish
  /** How Meta treats the webhook; false: there is none. */
  webhook?: Parameters<Awaited<ReturnType<typeof startFakeGraph>>['business']['listens']>[1] | false
  /** Called with each message before it is kept; what it throws is what the records threw. */
  onMessage?: (message: InboundMessage) => unknown
  onOutcome?: (outcomes: readonly Outcome[]) => unknown
}

export type Stage = Awaited<ReturnType<typeof stage>>

/** The channel on a fake Graph, with ports that keep everything in memory. */
export async function stage({ wish, webhook = {}, onMessage, onOutcome, ...change }: Change = {}) {
  const graph = await startFakeGraph({ secondMs: 20, ...wish })
  const { token, secret, verifyToken: verify, phoneId: phone } = graph.business
  const files = new Map<string, { mime: string; bytes: Uint8Array }>()
  const infected = new Set<string>()
  const long = new Map<string, string>()
  const addresses = new Map<string, string>()
  const written = new Map<string, string>()
  const heard: InboundMessage[] = []
  const heardAt = new Map<string, Date>()
  const outcomes: Outcome[] = []
  const troubles: Trouble[] = []
  const logged: string[] = []
  const counters = createCounters(whatsappCloudCounts)
  const say = (event: string, fields?: object) => void logged.push(`${event} ${JSON.stringify(fields ?? {})}`)
  const log: Log = { debug: say, info: say, warn: say, error: say }

  const channel = whatsappCloudChannel({
    numbers: [{ office: OFFICE, token, phone, secret, verify }],
    apiRoot: graph.url,
    files: {
      async put(_, bytes, name): Promise<StoredFile | { refused: 'unknown_type' }> {
        const mime = { 255: 'image/jpeg', 37: 'application/pdf', 79: 'audio/ogg' }[bytes[0] ?? 0]
        if (mime === undefined) return { refused: 'unknown_type' }
        const id = `file-${files.size + 1}`
        files.set(id, { mime, bytes })
        return { id, name, mime }
      },
      open: async id => (infected.has(id) ? 'infected' : files.get(id)),
    },
    aliases: {
      async addressOf(_, names) {
        const known = names.map(name => addresses.get(name)).find(address => address !== undefined)
        const address = known ?? names[0] ?? ''
        for (const name of names) addresses.set(name, address)
        written.set(address, names[0] ?? '')
        return address
      },
      async latest(_, address) {
        const id = written.get(address)
        return id === undefined ? undefined : { id }
      },
    },
    longOptions: {
      keep: async (_, token, option) => void long.set(token, option),
      of: async (_, token) => long.get(token),
    },
    lastHeard: async (_, address) => heardAt.get(address),
    tellStaff: async trouble => void troubles.push(trouble),
    away: error => error instanceof Away,
    log,
    counters,
    times: FAST,
    ...change,
  })
  const server = serve({ fetch: channel.routes.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/whatsapp/${OFFICE}`
  await channel.start(
    async message => {
      await onMessage?.(message)
      const repeat = heard.some(({ externalId }) => externalId === message.externalId)
      if (!repeat) heard.push(message)
      heardAt.set(message.address, message.sentAt)
      return { repeat }
    },
    async given => {
      await onOutcome?.(given)
      outcomes.push(...given)
    },
  )
  onTestFinished(async () => {
    await channel.stop()
    server.close()
    await graph.close()
    // A call the platform would never take is a fault of ours, whatever the test was about. But a message a test posted by itself, the
    // fake has never heard of.
    const problems = graph.violations.filter(({ what }) => webhook !== false || what !== 'read')
    if (problems.length > 0) throw new Error(JSON.stringify(problems))
  })
  if (webhook !== false) await graph.business.listens(url, webhook)
  let keys = 0

  return {
    graph,
    channel,
    url,
    files,
    infected,
    long,
    addresses,
    written,
    heard,
    heardAt,
    outcomes,
    troubles,
    logged,
    count: (name: keyof typeof whatsappCloudCounts) =>
      Number(new RegExp(`^balai_${name} (\\d+)$`, 'm').exec(counters.text())?.[1]),
    send: (address: string, text: string, more: Partial<OutboundMessage> = {}) => {
      keys += 1
      const key = `k/${keys}/0`
      return channel.send({
        office: OFFICE,
        channel: 'whatsapp-cloud',
        address,
        key,
        seq: keys,
        from: 'bot',
        text,
        ...more,
      })
    },
    /** Waits until so many messages were heard. */
    hears: (count: number) => graph.until(() => heard.length >= count && heard),
    /** Somebody who has written, and their address. */
    async citizen(name = 'Siti') {
      const person = graph.user(name)
      const before = heard.length
      person.says('halo')
      const all = await graph.until(() => heard.length > before && heard)
      return { person, address: all.at(-1)?.address ?? '' }
    },
  }
}

/** Why a send failed. */
export async function failureOf(sending: Promise<unknown>): Promise<SendError> {
  try {
    await sending
  } catch (error) {
    if (error instanceof SendError) return error
    throw error
  }
  throw new Error('It was sent.')
}

/** A stage with somebody who has written. */
export async function asked(change: Parameters<typeof stage>[0] = {}) {
  const set = await stage(change)
  const { person, address } = await set.citizen()
  await set.graph.until(() => set.graph.callsOf('read').length === 1)
  return { ...set, person, address }
}
