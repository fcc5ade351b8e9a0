import type { Context } from 'hono'
import type { OwnOrigin } from '../../dashboard/same-origin.ts'

/**
 * Whether a citizen's form came from a page of ours. Milder than for staff: browsers of old phones send neither `Sec-Fetch-Site` nor
 * `Origin` with a form, but they name the page it stood on. What a browser does tell must be true.
 */
export function isOwnForm(c: Context, { publicUrl }: OwnOrigin): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin') return false
  const named = c.req.header('origin') ?? originOf(c.req.header('referer'))
  if (named === undefined) return false
  if (publicUrl !== undefined) return named === new URL(publicUrl).origin
  return ['http', 'https'].some(scheme => named === `${scheme}://${c.req.header('host') ?? ''}`)
}

function originOf(referer: string | undefined): string | undefined {
  return referer !== undefined && URL.canParse(referer) ? new URL(referer).origin : undefined
}
