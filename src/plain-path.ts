import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import { refuse } from './channels/web/refusals.ts'

/** A part that means "this" or "the one above": however its dots are written. */
const DOTS = /\/(\.|%2e){1,2}(\/|$)/i

/** No address of ours holds a NUL, and none that does can be looked up: no table takes one. */
const NUL = '%00'

/**
 * Refuses addresses with a NUL, and those with dots in them, before what they lead to is worked out: `/a/%2e%2e/metrics` is `/metrics` here, and may be
 * something else for the proxy that keeps the world away from `/metrics`. Browsers take such parts out before they ask.
 */
export const onlyPlainPath: MiddlewareHandler<{ Bindings: Partial<HttpBindings> }> = async (c, next) => {
  const path = c.env?.incoming?.url?.split('?', 1)[0] ?? ''
  if (DOTS.test(path) || c.req.url.includes(NUL)) return refuse(c, 'not_found')
  await next()
}
