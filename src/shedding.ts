import type { Context, MiddlewareHandler } from 'hono'
import { refuse } from './channels/web/refusals.ts'
import type { Counters } from './lib/counters.ts'
import type { Level, Load } from './lib/load.ts'

/** Seconds until somebody who was turned away should come again: a few looks at the load. */
const AGAIN = 5

/** Told by a machine's watch and by people who repair: never turned away. */
const ALWAYS = /^\/(?:healthz|readyz|metrics)$/
/** What can wait for a quieter hour: tables, figures, results, and all that is made of many rows. */
const REPORTS =
  /^\/(?:[^/]+\/(?:data\/|figures|skm)|(?:import|export)\/|desk\/[^/]+\/(?:exports|figures|surveys|log|import|points)(?:\/|$))/
/** Where something new is said: by citizens, by platforms, by those who report for others. */
const NEWS = /^\/(?:chat|telegram|whatsapp|open311|trial)\/|^\/[^/]+\/(?:chat|status)$/
/** Where a chat begins: its page, and the files that page is made of. */
const ENTRY = /^\/(?:[^/]*$|(?:look|widget)\/)/

/**
 * From which level on a request is turned away; undefined: never. Answers before announcements before reports: who reads an
 * answer in the web chat is never in the way, reports are first.
 */
export function sheddingLevel(method: string, path: string): Level | undefined {
  if (ALWAYS.test(path)) return undefined
  if (REPORTS.test(path)) return 1
  const isReading = ['GET', 'HEAD', 'OPTIONS'].includes(method)
  if (NEWS.test(path)) return isReading ? undefined : 3
  return isReading && !ENTRY.test(path) ? 2 : 3
}

/** Turns away, before anything of it is read, what there is no room for now. Platforms repeat it; nothing is acknowledged. */
export function shedding(load: Pick<Load, 'level'>, counters: Pick<Counters, 'add'>): MiddlewareHandler {
  return async (c, next) => {
    const level = load.level()
    if (level === 0) return next()
    const from = sheddingLevel(c.req.method, c.req.path)
    if (from === undefined || level < from) return next()
    counters.add('requests_shed_total')
    return turnAway(c)
  }
}

function turnAway(c: Context): Response {
  // Stands before the chat's own doors, which any page may read.
  if (c.req.path.startsWith('/chat/')) {
    c.header('Access-Control-Allow-Origin', '*')
    c.header('Access-Control-Expose-Headers', 'Retry-After')
  }
  if (c.req.header('accept')?.includes('text/html') !== true) return refuse(c, 'busy', AGAIN)
  c.header('Retry-After', String(AGAIN))
  return c.text(
    'Layanan sedang sangat sibuk. Tidak ada yang hilang; coba lagi sebentar.\nThe service is very busy. Nothing is lost; try again in a moment.\n',
    503,
  )
}
