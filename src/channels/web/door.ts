import type { Context } from 'hono'
import { LIMITS } from '../../lib/limits.ts'
import type { Address, InboundMessage, OnMessage } from '../channel.ts'
import { type Buckets, createBuckets } from './buckets.ts'
import { clientAddress, trustedProxies } from './client-address.ts'
import type { Limits, OfficeDoor, WebOptions } from './ports.ts'
import { type Refusal, refuse } from './refusals.ts'
import { readSession, type Session } from './session.ts'
import { createWaiters, type Waiters } from './waiters.ts'

const USUAL: Limits = {
  messages: LIMITS.chatMessages.rate,
  client: LIMITS.clientMessages.rate,
  sessions: LIMITS.clientSessions.rate,
  reads: LIMITS.chatReads.rate,
  waitsPerAddress: LIMITS.chatWaits.most,
  waitsPerClient: LIMITS.clientWaits.most,
  uploads: LIMITS.allUploads.most,
  uploadsPerClient: LIMITS.clientUploads.most,
  fileBytes: 10 * 1024 * 1024,
}

/** What all routes of the web channel share: the ports, who waits, and who has asked how much. */
export type Door = WebOptions & {
  waiters: Waiters
  limits: Limits
  buckets: Record<'messages' | 'client' | 'sessions' | 'reads', Buckets>
  now: () => number
  rereadMs: number
  /** Whom a request is counted for. */
  client: (c: Context) => string
  /** Set between start and stop. */
  onMessage: OnMessage | undefined
  /** Files being taken in, by client. */
  uploading: Map<string, number>
}

export function openDoor(options: WebOptions): Door {
  const limits = { ...USUAL, ...options.limits }
  const trusted = trustedProxies(options.trustedProxies ?? [])
  return {
    ...options,
    limits,
    waiters: createWaiters(limits.waitsPerAddress, limits.waitsPerClient),
    buckets: {
      messages: createBuckets(limits.messages),
      client: createBuckets(limits.client),
      sessions: createBuckets(limits.sessions),
      reads: createBuckets(limits.reads),
    },
    now: options.now ?? Date.now,
    rereadMs: options.rereadMs ?? 2_000,
    client: c => clientAddress(remoteAddress(c), c.req.header('x-forwarded-for'), trusted),
    onMessage: undefined,
    uploading: new Map(),
  }
}

/** What came of handing a message over; `pause` is how many seconds to wait. */
export type Handed = { repeat: boolean } | { refused: Refusal; pause?: number }

/** Hands a message over; once this resolves it is durably ours. A citizen pays a token, and so does the client's address. */
export async function hand(c: Context, door: Door, message: InboundMessage): Promise<Handed> {
  const own = message.from.is === 'citizen' ? door.buckets.messages.take(wakeKey(message)) : 0
  const pause = own || door.buckets.client.take(`messages ${door.client(c)}`)
  if (pause > 0) return { refused: 'too_many', pause }
  if (door.onMessage === undefined) return { refused: 'away' }
  const { repeat } = await door.onMessage(message)
  return { repeat }
}

/** Hands a message over and answers programs of it. */
export async function receive(c: Context, door: Door, message: InboundMessage): Promise<Response> {
  const handed = await hand(c, door, message)
  if ('refused' in handed) return refuse(c, handed.refused, handed.pause)
  return c.json({ received: true, repeat: handed.repeat })
}

/** The secret from the Authorization header when there is one, else the one given. */
export function sessionOf(c: Context, door: Door, office: OfficeDoor, given: unknown): Session | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
  return readSession(door.key, office.id, bearer ?? given)
}

/** An office and an address there, as one word; neither holds a space. */
export function wakeKey(at: Pick<Address, 'office' | 'address'>): string {
  return `${at.office} ${at.address}`
}

function remoteAddress(c: Context): string | undefined {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined
  return env?.incoming?.socket?.remoteAddress
}
