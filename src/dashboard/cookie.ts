import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

/**
 * `__Host-`: of this very host, sent over https alone, set by nobody else. On a plain http address (trial mode on one's own
 * machine) browsers take no such cookie, so there it has another name.
 */
const nameOf = (isSecure: boolean) => (isSecure ? '__Host-balai' : 'balai-trial')

export function tokenIn(c: Context, isSecure: boolean): string | undefined {
  const token = getCookie(c, nameOf(isSecure))
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : undefined
}

/** Without an age: the cookie ends with the browser, the session earlier. */
export function giveToken(c: Context, isSecure: boolean, token: string): void {
  setCookie(c, nameOf(isSecure), token, { path: '/', httpOnly: true, secure: isSecure, sameSite: 'Strict' })
}

export function takeToken(c: Context, isSecure: boolean): void {
  deleteCookie(c, nameOf(isSecure), { path: '/', secure: isSecure })
}
