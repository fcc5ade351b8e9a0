import type { KeyPair, proto } from '@whiskeysockets/baileys'
import type { Chat } from './chat.ts'
import type { Connection } from './connection.ts'
import type { Fault } from './faults.ts'
import type { Bundle } from './key-bundle.ts'
import type { Letter } from './mail.ts'
import type { Phone } from './phone.ts'
import type { Stanza } from './stanza.ts'

/** Somebody registered: `pn` and `lid` are the two names of one account, `user@s.whatsapp.net` and `user@lid`. */
export type Account = {
  name: string
  pn: string
  lid: string
  phone: Phone
  devices: Map<number, Linked>
  nextDevice: number
  /** Gone from WhatsApp: nobody finds it, nothing reaches it. */
  deleted: boolean
  /** What it sees of its chats with others. */
  chats: Map<Account, Chat>
  /** What a linked device of its own has sent, as copied to the phone. */
  copies: { id: string; content: Content }[]
  /** Calls itself by its LID in chats of two, as accounts do today; otherwise by its number. */
  usesLid: boolean
  /** Gives no number along with its LID. */
  hidesNumber: boolean
  /** Messages that wait until the phone is switched on again; undefined while it is on. */
  waiting: (() => void)[] | undefined
  /** Whom it has blocked. */
  blocked: Set<Account>
  /** What it gets for questions about its own standing, by the id of the question: Baileys' QueryIds. */
  mex: Map<string, unknown>
  /** The code every login is refused with: 403 once banned. */
  barred: number | undefined
}

/** One authenticated connection of a linked device, while it lasted. Times are milliseconds since 1970, with fractions. */
export type Login = {
  at: number
  endedAt: number | undefined
  /** When a newer login took its place, or it was told to go. */
  replacedAt: number | undefined
  /** What it sent after that. */
  late: { tag: string; id: string | undefined; at: number }[]
}

/** A linked device: ours, for instance. Number 0 is always the phone and none of these. */
export type Linked = {
  number: number
  account: Account
  pn: string
  lid: string
  /** The Noise key it must come back with. */
  noiseKey: Buffer
  bundle: Bundle
  /** What it has not acknowledged yet, oldest first. */
  mail: Letter[]
  logins: Login[]
  live: Connection | undefined
  /** How many offline letters the client has asked for at a time; undefined while no offline letters are being sent. */
  window: number | undefined
  /** `inbound`: nothing is delivered, all else works. `all`: nothing is answered either. */
  silent: 'inbound' | 'all' | undefined
}

export type Member = { account: Account; admin: 'admin' | 'superadmin' | undefined }

export type Group = {
  jid: string
  subject: string
  creator: Account
  createdAt: number
  members: Map<Account, Member>
  /** What each member has seen in it, kept after they left. */
  chats: Map<Account, Chat>
}

/** What a linked device sent as a message, whatever became of it. */
export type Posted = {
  id: string
  to: string
  by: Linked
  at: number
  /** What the server answered: 'accepted', an error, or nothing. */
  ack: string
  node: Stanza
}

/** A receipt a linked device sent. `type` is empty for delivered; 'inactive' is delivered to somebody who is not looking. */
export type Receipt = {
  id: string
  type: string
  by: Linked
  to: string
  participant: string | undefined
  at: number
}

export type World = {
  /** Milliseconds since 1970, for what stanzas say about time. */
  now: () => number
  root: KeyPair
  accounts: Account[]
  groups: Map<string, Group>
  connections: Set<Connection>
  /** One-time keys it says to have of a device, even where there are fewer. */
  claimedKeys: number
  /** Encrypted files by path. */
  files: Map<string, Buffer>
  /** Those that the media host has no longer, but the phone still has. */
  expired: Map<string, Buffer>
  mediaHost: string
  faults: Fault[]
  random: () => number
  /** What simulated people have said, by id: a device may ask for it again. */
  said: Map<string, Said>
  posted: Posted[]
  receipts: Receipt[]
  /** What linked devices show of themselves: typing, paused, recording, available. */
  presence: { by: string; to: string; state: string; at: number }[]
  /** Questions nobody here could answer, and stanzas no WhatsApp client would send: a test ends with this list empty. */
  violations: string[]
  /** Failures of the simulated phones themselves. */
  failures: unknown[]
  nextId: () => number
  /** Does this after everything asked for before: so that what is said first arrives first. */
  inTurn: (work: () => Promise<void>) => Promise<void>
  onChange: () => void
}

/** Milliseconds since 1970 with fractions: comparable between processes of this machine. */
export function instant(): number {
  return performance.timeOrigin + performance.now()
}

/** Seconds, as stanzas write time. */
export function seconds(world: World): number {
  return Math.floor(world.now() / 1000)
}

export const userOf = (jid: string) => jid.split('@')[0]?.split(':')[0] ?? ''
export const deviceOf = (jid: string) => Number(jid.split('@')[0]?.split(':')[1] ?? 0)

/** The account that goes by this name, by number or LID, with a device or without. */
export function accountOf(world: World, jid: string): Account | undefined {
  const bare = `${userOf(jid)}@${jid.split('@')[1]}`
  return world.accounts.find(one => !one.deleted && (one.pn === bare || one.lid === bare))
}

/** What somebody is called in a chat: by LID in groups, in a chat of two by whichever name the account uses there. */
export function nameIn(by: Account, to: Account | Group): string {
  return by.usesLid || isGroup(to) ? by.lid : by.pn
}

/** The other name of an account than the one used here, as attributes give it along. */
export function otherName(account: Account, jid: string): string {
  return jid.endsWith('@lid') ? account.pn : account.lid
}

export type Content = proto.IMessage

/** Something a simulated person has said: `name` is what their chat calls them, number or LID. */
export type Said = {
  id: string
  by: Account
  name: string
  to: Account | Group
  content: Content
  /** What is enciphered in place of the content: bytes that need not be a message at all. */
  bytes?: Uint8Array
  /** Seconds since 1970. */
  t: number
  /** What devices have told about it: milliseconds since 1970, with fractions. */
  receipts: Receipt[]
}

export function isGroup(one: Account | Group): one is Group {
  return 'members' in one
}

/** What somebody sees of a chat: the one with another account, or a group's. */
export function chatOf(account: Account, other: Account | Group): Chat {
  const chats = isGroup(other) ? other.chats : account.chats
  const key = isGroup(other) ? account : other
  const found = chats.get(key) ?? { messages: [], arrived: 0 }
  chats.set(key, found)
  return found
}
