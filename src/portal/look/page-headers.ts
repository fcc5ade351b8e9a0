import type { MiddlewareHandler } from 'hono'
import { compress } from 'hono/compress'

/** Only ours, nothing inline, no frame around it; forms go to us alone. */
const POLICY = [
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; media-src 'self'",
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
].join('; ')

/**
 * What each page with a form says of itself. `same-origin`: with no referrer at all a browser sends `Origin: null` with a form,
 * and we could not tell ours from a stranger's. `isPrivate`: no cache keeps it, not even this browser's.
 */
export function pageHeaders({ isPrivate }: { isPrivate: boolean }): MiddlewareHandler {
  return async (c, next) => {
    await next()
    if (!c.res.headers.has('Content-Security-Policy')) c.res.headers.set('Content-Security-Policy', POLICY)
    c.res.headers.set('Referrer-Policy', 'same-origin')
    if (isPrivate && !c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
  }
}

/** Pages hold no secret of ours next to words of others, so that packing them tells nothing (BREACH). */
export const packed: MiddlewareHandler = compress({ encoding: 'gzip' })
