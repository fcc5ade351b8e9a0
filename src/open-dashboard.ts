import type { Context, Hono } from 'hono'
import { clientAddress, trustedProxies } from './channels/web/client-address.ts'
import type { Config } from './config.ts'
import type { Door } from './dashboard/door.ts'
import { deskRoutes } from './dashboard/routes.ts'
import { signInRoutes } from './dashboard/sign-in.ts'
import type { Log } from './lib/log.ts'
import type { Line } from './line.ts'
import type { Houses } from './offices/open-houses.ts'
import { lookRoutes } from './portal/look/assets.ts'
import { open311Routes } from './portal/open311/routes.ts'
import { publicRoutes } from './portal/pages/routes.ts'
import type { Db, Queryable } from './records/db.ts'
import type { FileStore } from './records/file-store.ts'

export type DashboardParts = {
  config: Pick<Config, 'mode' | 'publicUrl' | 'trustedProxies' | 'channels'>
  db: Db
  /** Where figures and public pages are read; the database itself unless told. */
  reads?: Queryable
  room: Line['room']
  offices: Pick<Houses, 'houses'>
  files: FileStore
  log: Log
  now?: () => Date
}

type DoorParts = Omit<DashboardParts, 'config'> & {
  config: Pick<Config, 'mode' | 'publicUrl' | 'trustedProxies'>
}

/** The pages of staff and those for everybody, as doors to be opened at the root. */
export function openDashboard(parts: DashboardParts): Hono[] {
  const door = dashboardDoor(parts)
  const { mode, channels, publicUrl } = parts.config
  const open311 = { ...door, mode, publicUrl, keysOf: (office: string) => channels[office]?.open311 ?? [] }
  return [lookRoutes(), signInRoutes(door), deskRoutes(door), open311Routes(open311), publicRoutes(door)]
}

export function dashboardDoor({ config, db, reads, room, offices, files, log, now }: DoorParts): Door {
  const trusted = trustedProxies(config.trustedProxies)
  return {
    mode: config.mode,
    db,
    reads: reads ?? db.pool,
    room,
    houses: offices.houses,
    files,
    log,
    publicUrl: config.publicUrl,
    isSecure: config.mode === 'live' || config.publicUrl?.startsWith('https://') === true,
    client: c => clientAddress(remoteAddress(c), c.req.header('x-forwarded-for'), trusted),
    now: now ?? (() => new Date()),
  }
}

function remoteAddress(c: Context): string | undefined {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined
  return env?.incoming?.socket?.remoteAddress
}
