import { Hono, type MiddlewareHandler } from 'hono'
import type { OfficeDoor } from './channels/web/ports.ts'
import { refuse, refuseError } from './channels/web/refusals.ts'
import type { Log } from './lib/log.ts'
import { onlyPlainPath } from './plain-path.ts'
import { officePages } from './portal/trial/pages.ts'

export type AppOptions = {
  mode: 'trial' | 'live'
  /** Where citizens reach us over https alone: browsers are told to keep to it. */
  httpsOnly?: boolean
  /** Asked anew for every page, so that a reload of the offices shows. */
  offices: () => readonly OfficeDoor[]
  /** Doors of the channels and of other rooms, each with its paths from the root. */
  doors: readonly Hono[]
  /** Why we cannot serve right now, or undefined when we can. */
  ready: () => Promise<string | undefined>
  /** Everything counted, in Prometheus' text format. */
  metrics: () => string | Promise<string>
  /** Stands before every door where not every name may lead here. */
  ownName?: MiddlewareHandler | undefined
  /** Stands before every door, and turns away what there is no room for; without it nobody does. */
  shed?: MiddlewareHandler
  away: (error: unknown) => boolean
  log: Pick<Log, 'error'>
}

/** Everything that is served over HTTP, put together; no logic of its own. */
export function buildApp(options: AppOptions): Hono {
  const app = new Hono()
  app.use(headersOf(options.httpsOnly === true ? { ...SAFE, ...HTTPS_ONLY } : SAFE))
  app.use(onlyPlainPath)
  if (options.ownName !== undefined) app.use(options.ownName)
  if (options.shed !== undefined) app.use(options.shed)
  app.onError((error, c) => refuseError(c, error, options))
  app.notFound(c => refuse(c, 'not_found'))

  app.get('/healthz', c => c.text('alive\n'))
  app.get('/readyz', async c => {
    const reason = await options.ready()
    if (reason === undefined) return c.text('ready\n')
    c.header('Retry-After', '2')
    return c.json({ error: { code: 'not_ready', message: reason } }, 503)
  })
  app.get('/metrics', async c =>
    c.body(await options.metrics(), 200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }),
  )
  for (const door of options.doors) app.route('/', door)
  app.route('/', officePages(options))
  return app
}

/** For every answer that does not say otherwise: no foreign code, no frame around us, nothing guessed. */
const SAFE = {
  'Content-Security-Policy': [
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; media-src 'self'",
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'geolocation=(self), camera=(), microphone=()',
}

/** For a year, and for every name below ours: nobody in between can then offer the same page without a lock. */
const HTTPS_ONLY = { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }

function headersOf(all: Record<string, string>): MiddlewareHandler {
  return async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(all)) {
      if (!c.res.headers.has(name)) c.res.headers.set(name, value)
    }
  }
}
