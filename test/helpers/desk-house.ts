import type { Hono } from 'hono'
import { buildApp } from '../../src/app.ts'
import type { Config } from '../../src/config.ts'
import type { Door } from '../../src/dashboard/door.ts'
import { deskRoutes } from '../../src/dashboard/routes.ts'
import { signInRoutes } from '../../src/dashboard/sign-in.ts'
import { openLog } from '../../src/lib/log.ts'
import type { Line } from '../../src/line.ts'
import type { Houses } from '../../src/offices/open-houses.ts'
import { dashboardDoor } from '../../src/open-dashboard.ts'
import { publicRoutes } from '../../src/portal/pages/routes.ts'
import { isAway } from '../../src/records/away.ts'
import { type Db, type Queryable, transaction } from '../../src/records/db.ts'
import type { Duty } from '../../src/records/duties.ts'
import type { FileStore } from '../../src/records/file-store.ts'
import { issueSignIn } from '../../src/records/sign-in-links.ts'
import { addStaff, type Role } from '../../src/records/staff.ts'

export const ORIGIN = 'https://balai.example'

const NO_FILES: FileStore = {
  put: async () => ({ refused: 'unknown_type' }),
  open: async () => undefined,
  sweep: async () => 0,
}

export type Visitor = {
  id: string
  cookie: string
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(
    path: string,
    form?: Record<string, string | string[]>,
    headers?: Record<string, string>,
  ): Promise<Response>
}

export type DeskHouse = {
  app: Hono
  now: { at: Date }
  /** Somebody of staff, signed in; `proved`: with the second factor given just now. */
  comes(person: {
    name: string
    role?: Role
    desks?: string[] | null
    office?: string
    duties?: Duty[]
    proved?: boolean
  }): Promise<Visitor>
  visitor(cookie: string, id?: string): Visitor
}

export type DeskParts = {
  db: Db
  line: Pick<Line, 'room'>
  houses: Houses
  /** Where figures and public pages are read; the test's database unless told. */
  reads?: Queryable
  files?: FileStore
  channels?: Config['channels']
  warnings?: { about: 'keys' | 'backup' | 'restored' }[]
  wordings?: { look(): Promise<void> }
  /** Another way of opening the pages: for checks that must see a wrong one fail. */
  mount?: (door: Door) => Hono
  factorToEnter?: boolean
  /** Whom a request is counted for; all of them for one, unless told otherwise. */
  client?: () => string
}

/** The pages of staff as they are served in live mode, behind https, on a test's database. */
export function openDeskHouse({
  db,
  line,
  houses,
  reads,
  files = NO_FILES,
  channels = {},
  warnings = [],
  wordings = { look: async () => undefined },
  mount = deskRoutes,
  factorToEnter = false,
  client,
}: DeskParts): DeskHouse {
  const now = { at: new Date() }
  const door: Door = {
    ...dashboardDoor({
      config: { mode: 'live', publicUrl: ORIGIN, trustedProxies: [], channels, factorToEnter },
      db,
      ...(reads === undefined ? {} : { reads }),
      room: line.room,
      offices: houses,
      files,
      check: async () => ({ lines: ['fine'], good: true }),
      wordings,
      warnings: async () => warnings,
      space: async () => ({ free: 90 * 1024 ** 3, total: 100 * 1024 ** 3 }),
      log: openLog('silent'),
      now: () => now.at,
    }),
    ...(client === undefined ? {} : { client }),
  }
  const app = buildApp({
    mode: 'live',
    offices: houses.doors,
    doors: [signInRoutes(door), mount(door), publicRoutes(door)],
    ready: async () => undefined,
    metrics: () => '',
    away: isAway,
    log: openLog('silent'),
  })
  const visitor = (cookie: string, id = ''): Visitor => ({
    id,
    cookie,
    get: async (path, headers = {}) => app.request(`${ORIGIN}${path}`, { headers: { cookie, ...headers } }),
    post: async (path, form = {}, headers = {}) =>
      app.request(`${ORIGIN}${path}`, {
        method: 'POST',
        headers: {
          cookie,
          origin: ORIGIN,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        },
        body: bodyOf(form),
      }),
  })
  return {
    app,
    now,
    visitor,
    async comes({ name, role = 'staff', desks = null, office = 'lhokseumawe', duties = [], proved = false }) {
      const token = await transaction(db, async client => {
        const id = await addStaff(client, line.room.sealing, { office, name, role, desks })
        await client.query(
          'insert into staff_duties (staff_id, duty, granted_at) select $1, unnest($2::text[]), now()',
          [id, duties],
        )
        return { id, link: await issueSignIn(client, id) }
      })
      const answer = await visitor('').post(`/sign-in/${token.link}`)
      const cookie = cookieIn(answer)
      if (proved)
        await db.pool.query('update staff_sessions set proved_at = now() where staff_id = $1', [token.id])
      return visitor(cookie, token.id)
    },
  }
}

function bodyOf(form: Record<string, string | string[]>): string {
  const fields = new URLSearchParams()
  for (const [name, value] of Object.entries(form)) for (const one of [value].flat()) fields.append(name, one)
  return fields.toString()
}

/** What a browser would send back. */
export function cookieIn(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')
}
