import type { Fault } from './faults.ts'
import type { StoredMedia } from './media.ts'
import type { Fields, Message } from './shapes.ts'
import type { Template } from './templates.ts'

/** One piece of news for a webhook: one message or one status, which the platform may put in one post with others. */
export type News = {
  /** What it is called in the list of deliveries: a wamid, or `wamid/status`. */
  name: string
  value: Fields
  field: string
  since: number
  fails: number
  /** By the clock of this machine (performance.now). */
  dueAt: number
  flying: boolean
}

export type Delivery = { names: string[]; status: number | string; at: number }

export type Webhook = {
  url: string
  /** How many pieces of news one post may hold; default 1. */
  batch: number
  /** Posts at the same time; default 1, so that without faults order is kept. */
  connections: number
  /** Whether news comes in any order. */
  disorder: boolean
  /** The chance that news comes again although it was confirmed. */
  again: number
  /** Seconds that news takes at least and at most. */
  delay: [least: number, most: number]
}

/** What a person and a business have said to each other. */
export type Chat = {
  messages: Map<string, Message>
  /** When the person last wrote: for 24 hours from then anything may be said to them. */
  lastInboundAt: number | undefined
  typing: number | undefined
  isBlocked: boolean
  /** When messages were sent to this person, for the limits. */
  paidUntil: number
}

/** A business phone number with the app that owns it. */
export type BusinessState = {
  name: string
  phoneId: string
  accountId: string
  phone: string
  token: string
  secret: string
  verifyToken: string
  isRevoked: boolean
  webhook: Webhook | undefined
  news: News[]
  deliveries: Delivery[]
  templates: Template[]
  /** By the key of a person, which never changes. */
  chats: Map<number, Chat>
  sentAt: number[]
  wake: () => void
}

export type PersonState = {
  key: number
  name: string
  phone: string
  userId: string
  username: string | undefined
  /** Whether businesses are told the user id alone. */
  hidesPhone: boolean
  hasLeft: boolean
}

export type Call = {
  at: number
  business: string
  /** messages, read, upload, url, delete, download or number. */
  what: string
  fields: Fields
  /** 200, the error's code, or what a fault did to the answer. */
  answer: number | string
  details?: string
}

export type Violation = { at: number; business: string; what: string; problem: string }

export type Options = {
  /** Whether throughput and the pace to one person are limited; the 24-hour window is kept in any case. */
  limits: boolean
  /** Whether a closed window is told in the answer, or by a status after the message was accepted, as Meta does either. */
  window: 'answer' | 'status'
  /** What the platform tells by itself of a message that arrives; `read` otherwise comes when the person reads. */
  statuses: ('sent' | 'delivered' | 'read')[]
  /** Whether statuses carry the `conversation` object, which newer versions leave out. */
  conversation: boolean
}

export type World = {
  now: () => number
  /** Milliseconds of this machine in a second of the platform, for redelivery and delays. */
  secondMs: number
  /** Milliseconds of this machine that a webhook may take to answer. */
  patienceMs: number
  random: () => number
  url: string
  options: Options
  businesses: BusinessState[]
  people: PersonState[]
  media: Map<string, StoredMedia>
  faults: Fault[]
  calls: Call[]
  violations: Violation[]
  overLimit: Call[]
  isAway: boolean
  nextId: () => number
  onChange: () => void
}

/** Seconds since 1970 as text, as every timestamp of a webhook. */
export function timestamp(world: World): string {
  return `${Math.floor(world.now() / 1000)}`
}

/** The chat of this person with this business, made when first looked for. */
export function chatOf(business: BusinessState, person: PersonState): Chat {
  const found = business.chats.get(person.key)
  if (found !== undefined) return found
  const chat: Chat = {
    messages: new Map(),
    lastInboundAt: undefined,
    typing: undefined,
    isBlocked: false,
    paidUntil: 0,
  }
  business.chats.set(person.key, chat)
  return chat
}

/** A message of this business by its id, with the person it was exchanged with. */
export function findMessage(world: World, business: BusinessState, id: string) {
  for (const person of world.people) {
    const chat = business.chats.get(person.key)
    const message = chat?.messages.get(id)
    if (chat !== undefined && message !== undefined) return { person, chat, message }
  }
  return undefined
}
