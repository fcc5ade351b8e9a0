import type { Context } from 'hono'
import type { Room } from '../actions/action.ts'
import type { Warning } from '../jobs/backup-reminder.ts'
import type { Log } from '../lib/log.ts'
import type { House } from '../offices/house.ts'
import type { Html } from '../portal/look/frame.ts'
import type { Tongue } from '../portal/look/tongue.ts'
import type { Db, Queryable } from '../records/db.ts'
import type { Duty, Member } from '../records/duties.ts'
import type { FileStore } from '../records/file-store.ts'
import type { Space } from '../records/free-space.ts'

/** What all pages of staff work with. */
export type Door = {
  mode: 'trial' | 'live'
  db: Db
  /** For figures alone: they may be a moment late. */
  reads: Queryable
  room: Omit<Room, 'client'>
  houses: ReadonlyMap<string, House>
  files: FileStore
  /** Which platforms an office is on. */
  waysOf(office: string): Ways
  /** What an operator must see to, by what it is about. */
  warnings(): Promise<Pick<Warning, 'about'>[]>
  space(): Promise<Space>
  flows: {
    /** What flows:check says of the files on the server now, line by line. */
    check(): Promise<{ lines: string[]; good: boolean }>
    /** An office as its files say, without the sentences that were agreed on here. */
    filed(office: string): House | undefined
    /** Takes up at once what was agreed on or taken back. */
    look(): Promise<void>
  }
  log: Log
  /** Where our links begin; undefined: they are relative. */
  publicUrl: string | undefined
  /** Cookies go over https alone. */
  isSecure: boolean
  /** The second factor is asked for once a session, before any page but one's own account. */
  factorToEnter: boolean
  /** Whom a request is counted for, where guesses are. */
  client(c: Context): string
  now(): Date
}

export type Ways = { telegram?: 'poll' | 'webhook'; whatsapp?: 'baileys' | 'cloud' }

/** Somebody signed in who asks for a page of their office. */
export type Seat = Tongue & {
  c: Context
  door: Door
  house: House
  member: Member
  /** What their cookie holds. */
  token: string
  provedAt: Date | null
  /** What a form said, one value a name; empty for a page that was only asked for. */
  form: Form
}

export type Form = {
  of(name: string): string
  all(name: string): string[]
  /** A file that was sent along, where the route takes one. */
  file(name: string): File | undefined
}

/**
 * One page or deed. `path` stands below `/desk/:office`. `for`: the duties that open it, any of them; a page nobody is named for is
 * nobody's. `proved`: the second factor must have been given within the last minutes.
 */
export type DeskRoute = {
  method: 'get' | 'post'
  path: string
  for: readonly Duty[]
  proved?: true
  /** Opens before the second factor, where it is asked for to enter: it is set up and given there. */
  unproved?: true
  /** Its form may carry a file. */
  takesFile?: true
  /** Asks for news by itself: no sign that somebody sits there. */
  stays?: true
  answer(seat: Seat): Response | Promise<Response>
}

export type Answer = Html
