import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { type Context, Hono } from 'hono'

type Asset = { bytes: Buffer; gzipped: Buffer; type: string; etag: string }

const require = createRequire(import.meta.url)

/** What our pages load, all of it from here: the base is Pico CSS, as npm brings it. */
const ASSETS: ReadonlyMap<string, Asset> = new Map([
  ['/look/pico.css', assetOf(require.resolve('@picocss/pico/css/pico.min.css'))],
  ['/look/balai.css', assetOf(new URL('balai.css', import.meta.url))],
  ['/look/desk.js', assetOf(new URL('desk.js', import.meta.url))],
])

function assetOf(file: string | URL): Asset {
  const bytes = readFileSync(file)
  const isStyle = String(file).endsWith('.css')
  return {
    bytes,
    gzipped: gzipSync(bytes, { level: 9 }),
    type: isStyle ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
  }
}

/** A day in the browser, then asked for by its mark: an update of Balai shows the next day at the latest. */
const KEPT = 'public, max-age=86400, stale-while-revalidate=604800'

export function lookRoutes(): Hono {
  const routes = new Hono()
  for (const [path, asset] of ASSETS) routes.get(path, c => answer(c, asset))
  return routes
}

function answer(c: Context, { bytes, gzipped, type, etag }: Asset): Response {
  const headers = { 'Content-Type': type, 'Cache-Control': KEPT, ETag: etag, Vary: 'Accept-Encoding' }
  if (c.req.header('if-none-match') === etag) return c.body(null, 304, headers)
  const isZipped = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
  if (!isZipped) return c.body(new Uint8Array(bytes), 200, headers)
  return c.body(new Uint8Array(gzipped), 200, { ...headers, 'Content-Encoding': 'gzip' })
}
