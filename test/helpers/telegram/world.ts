import type { Fault } from './faults.ts'
import type { StoredFile } from './files.ts'
import type { Chat, Fields, Key, Message, Update, User } from './shapes.ts'

/** An update that the bot has not confirmed. `lane` is its chat: within one, Telegram keeps the order. */
export type Pending = { update: Update; lane: string; fails: number; dueAt: number; flying: boolean }

export type Webhook = {
  url: string
  secret: string | undefined
  maxConnections: number
  lastError: { at: number; message: string } | undefined
}

export type Command = { command: string; description: string }

export type BotState = {
  user: User & { username: string }
  token: string
  /** Reads everything in groups even where it is no administrator. */
  readsAll: boolean
  revoked: boolean
  pending: Pending[]
  nextUpdateId: number
  allowed: ReadonlySet<string>
  webhook: Webhook | undefined
  /** Ends the long poll that is waiting: with what there is, or with a conflict. */
  waiting: ((conflict?: string) => void) | undefined
  wake: () => void
  deliveries: { updateId: number; status: number | string; at: number }[]
  commands: Map<string, Command[]>
  names: Map<string, string>
  queries: Map<string, { at: number; answered?: Fields; by: number }>
}

export type Member = {
  user: User
  status: 'creator' | 'administrator' | 'member' | 'left' | 'kicked'
  isAnonymous?: boolean
}

export type Topic = { id: number; name: string; closed: boolean }

/** A chat with all that was said in it. `person` and `bot` are those of a private one. */
export type Place = {
  chat: Chat
  bot: BotState | undefined
  /** In private: whether the person has ever written, and whether they have blocked the bot or are gone. */
  door: 'never' | 'open' | 'blocked' | 'deactivated'
  members: Map<number, Member>
  topics: Map<number, Topic>
  messages: Map<number, Message>
  movedTo: number | undefined
  typing: { by: string; thread: number | undefined; action: string; at: number } | undefined
  keys: Key[][]
  pinned: number[]
  reactions: Map<number, unknown[]>
  nextMessageId: () => number
}

export type Call = {
  at: number
  bot: string
  method: string
  fields: Fields
  /** 200, the error's code, or what a fault did to the answer. */
  answer: number | string
  description?: string
}

export type Violation = { at: number; bot: string; method: string; problem: string }

export type World = {
  now: () => number
  /** Milliseconds of this machine in a second of the platform, for long polls and redelivery. */
  secondMs: number
  random: () => number
  bots: BotState[]
  places: Place[]
  files: Map<string, StoredFile>
  faults: Fault[]
  calls: Call[]
  violations: Violation[]
  tooEarly: Call[]
  /** Calls for which a window of the limits had no room. */
  overLimit: Call[]
  nextId: () => number
  /** What a new chat counts its messages from. */
  lastMessageId: number
  /** Telegram is down: nobody is answered and nothing delivered. */
  isAway: boolean
  /** Told whenever something a person would see has changed. */
  onChange: () => void
}

/** Seconds since 1970, as every date of the Bot API. */
export function date(world: World): number {
  return Math.floor(world.now() / 1000)
}

/** The private chat of this person with this bot, made when first looked for. */
export function privatePlace(world: World, bot: BotState, user: User): Place {
  const found = world.places.find(place => place.bot === bot && place.chat.id === user.id)
  if (found !== undefined) return found
  const place = newPlace(world, { id: user.id, type: 'private', ...namesOf(user) }, bot)
  world.places.push(place)
  return place
}

function namesOf({ first_name, last_name, username }: User): Partial<Chat> {
  return {
    first_name,
    ...(last_name === undefined ? {} : { last_name }),
    ...(username === undefined ? {} : { username }),
  }
}

/** Shows the chat with the names its person has now. */
export function rename(place: Place, user: User): void {
  place.chat = { id: place.chat.id, type: 'private', ...namesOf(user) }
}

/** An empty chat. */
export function newPlace(world: World, chat: Chat, bot?: BotState): Place {
  let last = world.lastMessageId
  return {
    chat,
    bot,
    door: 'never',
    members: new Map(),
    topics: new Map(),
    messages: new Map(),
    movedTo: undefined,
    typing: undefined,
    keys: [],
    pinned: [],
    reactions: new Map(),
    nextMessageId: () => {
      last += 1
      return last
    },
  }
}
