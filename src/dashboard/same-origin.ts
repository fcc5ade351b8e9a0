import type { Context } from 'hono'

export type OwnOrigin = { publicUrl: string | undefined; isSecure: boolean }

/**
 * Whether a request that changes something came from a page of ours, whatever its content type: `Origin` must be our own, and
 * where browsers tell (everywhere but on plain http addresses) `Sec-Fetch-Site` must say the same. Without PUBLIC_URL our origin is
 * the host that was asked: a page that points its own name at us has its own cookies there, not ours.
 */
export function isOurs(c: Context, { publicUrl, isSecure }: OwnOrigin): boolean {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  if (site === undefined ? isSecure : site !== 'same-origin') return false
  if (origin === undefined) return false
  if (publicUrl !== undefined) return origin === new URL(publicUrl).origin
  return ['http', 'https'].some(scheme => origin === `${scheme}://${c.req.header('host') ?? ''}`)
}
