import type { Rate } from '../../lib/limit.ts'
import type { Log } from '../../lib/log.ts'
import type { Address } from '../channel.ts'
import type { FileQuota } from '../ports.ts'

/** One thing said at an address, as it is shown. `file` is the id of a stored file, never its place. */
export type Line = {
  seq: number
  from: 'bot' | 'staff' | 'citizen'
  text: string
  options?: { id: string; label: string }[]
  file?: string
  /** In a desk's group: the name of the staff member who wrote. */
  as?: string
}

/**
 * What was said at an address, read back from the records: at most 200 lines with `seq` above `after`, in order.
 * When `after` lies beyond everything said, the conversation was wiped meanwhile: then from the start.
 */
export type Transcript = { read(at: Address, after: number): Promise<Line[]> }

export type StoredFile = { id: string; name: string; mime: string }

/** Keeps what citizens send, sealed and re-encoded. A refusal is the sender's to mend; `no_room` is ours, and words still go. */
export type FileStore = {
  put(office: string, bytes: Uint8Array, name: string): Promise<StoredFile | FileRefusal>
  /** 'infected': a virus was found in it, and nobody gets it. */
  open(id: string): Promise<{ mime: string; bytes: Uint8Array } | 'infected' | undefined>
}
export type FileRefusal = { refused: 'too_large' | 'unknown_type' | 'no_room' }

/** What a door must know of an office: that it is served, and which desks its staff sit at. */
export type OfficeDoor = {
  id: string
  name: string
  desks: { id: string; name: string; restricted: boolean }[]
}

/** How much one sender may ask of us; `Infinity` lifts a limit. */
export type Limits = {
  /** Messages of one session. */
  messages: Rate
  /** Messages of all sessions behind one client address: a whole school may sit behind one. */
  client: Rate
  sessions: Rate
  reads: Rate
  /** Readers waiting at one address, and behind one client address, at the same time. */
  waitsPerAddress: number
  waitsPerClient: number
  /** Files being taken in at the same time; each is held in memory whole. */
  uploads: number
  uploadsPerClient: number
  fileBytes: number
}

export type WebOptions = {
  office: (id: string) => OfficeDoor | undefined
  /** Opens the desks' groups at /trial. */
  trial: boolean
  /** At least 32 bytes; sessions and file links are signed with it, and die with it. */
  key: Uint8Array
  transcript: Transcript
  files?: FileStore
  /** How many files a citizen may send a day; without it nobody counts. */
  quota?: FileQuota | undefined
  /** The client has everything up to `after`; called when that number grows, and never waited for. */
  acknowledged?: (at: Address, after: number) => Promise<void>
  /** Whether an error means that the database cannot be reached. */
  away: (error: unknown) => boolean
  log: Pick<Log, 'error'>
  /** Addresses or networks (`10.0.0.0/8`) whose X-Forwarded-For is believed. */
  trustedProxies?: readonly string[]
  /** Where links of ours begin; without it they are relative. The Host header is never used. */
  publicUrl?: string
  limits?: Partial<Limits>
  /** Milliseconds between two readings while somebody waits, for what another process sent; 2,000. */
  rereadMs?: number
  now?: () => number
}
