import type { InboundMessage, OutboundMessage, SendFailure } from '../../../src/channels/channel.ts'
import type { WorkerPlace } from '../../../src/channels/whatsapp/ports.ts'
import type { ServerAddress } from '../../../src/records/address.ts'

/** A message as it goes over IPC: JSON knows no dates. */
export type Inbound = Omit<InboundMessage, 'sentAt'> & { sentAt: string }
export type Outbound = OutboundMessage

/** What a child is to be. Everything it needs to know comes with `go`, so that a warm one can wait for it. */
export type Orders = {
  database: ServerAddress
  /** Both lookup and outer key, in base64; parent and child compute the same hashes. */
  keys: { lookup: string; outer: string }
  /** The kill point that ends it; absent for a child that lives. */
  killAt?: number
  /** Characters of one message; small numbers make long messages come in parts. */
  textMax?: number
  pace?: { perSecond: number; perAddressMs: number }
  /** Actions that misbehave on a marked text, for `poison`. */
  poison?: true
  /** Citizens write through a real Telegram adapter; without it over IPC. */
  telegram?: TelegramOrders
  /** Citizens write through the real adapter of Meta's Cloud API. */
  whatsappCloud?: CloudOrders
  /** Citizens write to a linked number, whose keys stand in the records. */
  whatsapp?: LinkedOrders
  /** It speaks first as well, at noon, and its adapters are as a running Balai has them: nobody hears of each send. */
  announces?: true
  /** Other processes work on the same database. */
  shared?: true
  /** The wrong design instead of the line: it must be caught. */
  control?: Control
}

/** Designs that are wrong on purpose; see naive-line.ts. */
export type Control = 'naive' | 'any-order' | 'ack-first' | 'one-queue'

/** Where Telegram is, and how its updates come: asked for, or posted to this port. */
export type TelegramOrders = { apiRoot: string; token: string } & (
  | {
      by: 'poll' /** Nobody waits for a turn to ask, and every confirmation is let through. */
      everybodyLeads?: true
    }
  | { by: 'webhook'; secret: string; port: number }
)

/** The environment that leads to a Graph API, and the port of our webhook. */
export type CloudOrders = { env: Record<string, string>; port: number }

/** Where WhatsApp is, how a worker is started that believes it, and where its files lie. */
export type LinkedOrders = {
  worker: WorkerPlace
  mediaRoot: string
  /** Nobody waits for a turn to hold the socket. */
  everybodyLeads?: true
}

export type ToChild =
  | { type: 'go'; orders: Orders }
  | { type: 'deliver'; n: number; message: Inbound }
  | { type: 'sent'; n: number; failure?: SendFailure; retryAfterMs?: number }

export type FromChild =
  | { type: 'warm' }
  | { type: 'started' }
  | { type: 'taken'; n: number; repeat: boolean }
  | { type: 'refused'; n: number; fault: string }
  | { type: 'send'; n: number; message: Outbound }
  /** A send of a real adapter, announced before, is over, however it ended. */
  | { type: 'settled'; n: number }
  /** A process of the child's own holds the socket of its number from now on. */
  | { type: 'worker'; pid: number }
  /** What a real adapter was told of a message. */
  | { type: 'heard'; id: string; repeat: boolean }
