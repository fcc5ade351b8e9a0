import { isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import { refuse } from './channels/web/refusals.ts'

/**
 * For trial mode, which trusts whoever reaches its port: answers under names that can only be this machine's, an address, a name
 * without a dot, `.localhost`, `.local`, or that of `PUBLIC_URL`. A page elsewhere could otherwise point a name of its own at the
 * visitor's machine and read here as if it were ours (DNS rebinding). Refuses with 421.
 */
export function onlyOwnName(publicUrl: string | undefined): MiddlewareHandler {
  const ours = publicUrl === undefined ? undefined : new URL(publicUrl).hostname
  return async (c, next) => {
    const asked = c.req.header('host')
    if (asked !== undefined && !isOwn(asked, ours)) return refuse(c, 'name_unknown')
    await next()
  }
}

function isOwn(host: string, ours: string | undefined): boolean {
  const address = `http://${host}`
  if (!URL.canParse(address)) return false
  const { hostname } = new URL(address)
  return (
    isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 ||
    !hostname.includes('.') ||
    hostname.endsWith('.localhost') ||
    hostname.endsWith('.local') ||
    hostname === ours
  )
}
