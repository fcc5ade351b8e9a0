import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

/** The same thing in Indonesian and English; which of both is shown, the reader has chosen. */
export type Say = (indonesian: string, english: string) => string
export type Tongue = { language: 'id' | 'en'; t: Say }

const COOKIE = 'balai-language'
const KEPT_SECONDS = 180 * 86_400

/** Indonesian, unless this browser chose English with `?language=en`; what was chosen is kept there for half a year. */
export function tongueOf(c: Context): Tongue {
  const asked = c.req.query('language')
  const chosen = asked === 'id' || asked === 'en' ? asked : undefined
  if (chosen !== undefined)
    setCookie(c, COOKIE, chosen, { path: '/', sameSite: 'Lax', httpOnly: true, maxAge: KEPT_SECONDS })
  const language = (chosen ?? getCookie(c, COOKIE)) === 'en' ? 'en' : 'id'
  return { language, t: (indonesian, english) => (language === 'en' ? english : indonesian) }
}

/** The address of this very page in the other language. */
export function otherTongue(c: Context, { language }: Tongue): string {
  const url = new URL(c.req.url)
  url.searchParams.set('language', language === 'en' ? 'id' : 'en')
  return `${url.pathname}${url.search}`
}
