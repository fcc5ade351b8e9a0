import type { Context, Hono } from 'hono'
import { clientAddress, trustedProxies } from './channels/web/client-address.ts'
import type { PlainChat } from './channels/web/plain-chat.ts'
import type { Config } from './config.ts'
import type { Door, Ways } from './dashboard/door.ts'
import { deskRoutes } from './dashboard/routes.ts'
import { signInRoutes } from './dashboard/sign-in.ts'
import type { Log } from './lib/log.ts'
import type { Line } from './line.ts'
import type { OfficeChannels } from './office-channels.ts'
import type { Houses } from './offices/open-houses.ts'
import { lookRoutes } from './portal/look/assets.ts'
import { open311Routes } from './portal/open311/routes.ts'
import { publicRoutes } from './portal/pages/routes.ts'
import type { Db, Queryable } from './records/db.ts'
import type { FileStore } from './records/file-store.ts'

export type DashboardParts = {
  config: Pick<Config, 'mode' | 'publicUrl' | 'trustedProxies' | 'channels' | 'factorToEnter'>
  db: Db
  /** Where figures and public pages are read; the database itself unless told. */
  reads?: Queryable
  room: Line['room']
  offices: Pick<Houses, 'houses' | 'filed'>
  files: FileStore
  /** What flows:check says of the files. */
  check: Door['flows']['check']
  /** Takes up sentences that were agreed on. */
  wordings: { look(): Promise<void> }
  /** What an operator must see to. */
  warnings: Door['warnings']
  /** What is free where citizens' files and, mostly, the records lie. */
  space: Door['space']
  /** The web chat, for its page without script; where there is none the page is not there. */
  chat?: PlainChat
  log: Log
  now?: () => Date
}

/** The pages of staff and those for everybody, as doors to be opened at the root. */
export function openDashboard(parts: DashboardParts): Hono[] {
  const door = dashboardDoor(parts)
  const { publicUrl: address, isSecure } = door
  const chat = parts.chat && { chat: { talk: parts.chat, publicUrl: address, isSecure } }
  const { mode, channels, publicUrl } = parts.config
  const open311 = { ...door, mode, publicUrl, keysOf: (office: string) => channels[office]?.open311 ?? [] }
  return [
    lookRoutes(),
    signInRoutes(door),
    deskRoutes(door),
    open311Routes(open311),
    publicRoutes({ ...door, ...chat }),
  ]
}

export function dashboardDoor(parts: DashboardParts): Door {
  const { config, db, reads, room, offices, files, check, wordings, warnings, space, log, now } = parts
  const trusted = trustedProxies(config.trustedProxies)
  return {
    mode: config.mode,
    db,
    reads: reads ?? db.pool,
    room,
    houses: offices.houses,
    files,
    waysOf: office => waysOf(config.channels[office]),
    warnings,
    space,
    flows: { check, filed: offices.filed, look: wordings.look },
    log,
    publicUrl: config.publicUrl,
    isSecure: config.mode === 'live' || config.publicUrl?.startsWith('https://') === true,
    factorToEnter: config.factorToEnter,
    client: c => clientAddress(remoteAddress(c), c.req.header('x-forwarded-for'), trusted),
    now: now ?? (() => new Date()),
  }
}

function remoteAddress(c: Context): string | undefined {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined
  return env?.incoming?.socket?.remoteAddress
}

/** Which platforms an office is on, without anything that opens them. */
function waysOf(channels: OfficeChannels = {}): Ways {
  const { telegram, whatsapp } = channels
  return {
    ...(telegram === undefined ? {} : { telegram: telegram.by }),
    ...(whatsapp === undefined ? {} : { whatsapp: whatsapp.by }),
  }
}
