import { type Context, Hono } from 'hono'
import type { OfficeDoor } from '../../channels/web/ports.ts'
import { ASSETS } from './assets.ts'
import { officeList, trialPage } from './page.ts'

/** The start: the trial page or the list of offices; and the widget. */
export function officePages({
  mode,
  offices,
}: {
  mode: 'trial' | 'live'
  offices: () => readonly OfficeDoor[]
}): Hono {
  const pages = new Hono()
  pages.get('/', c => c.html(mode === 'trial' ? trialPage(offices()) : officeList(offices())))
  for (const path of ASSETS.keys()) pages.get(path, c => answerAsset(c, path))
  return pages
}

/** Assets may be used by any page: the widget is one script on somebody else's. */
function answerAsset(c: Context, path: string): Response {
  const asset = ASSETS.get(path)
  if (asset === undefined) return c.notFound() as Response
  const headers = {
    'Content-Type': asset.type,
    'Cache-Control': 'no-cache',
    ETag: asset.etag,
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  }
  if (c.req.header('if-none-match') === asset.etag) return c.body(null, 304, headers)
  return c.body(asset.text, 200, headers)
}
