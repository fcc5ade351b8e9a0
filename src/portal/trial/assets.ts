import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

export type Asset = { text: string; type: string; etag: string }

/** Where each file beside this one is served. They are plain files, served without a build. */
const PLACES = {
  '/widget.js': 'widget.js',
  '/widget/panel.js': 'panel.js',
  '/widget/citizen.js': 'citizen.js',
  '/widget/line.js': 'line.js',
  '/widget/view.js': 'view.js',
  '/widget/words.js': 'words.js',
  '/widget/chat.css': 'chat.css',
  '/widget/plain.css': 'plain.css',
  '/trial/page.js': 'page.js',
  '/trial/page.css': 'page.css',
}

/** Read once at start, by path. */
export const ASSETS: ReadonlyMap<string, Asset> = new Map(
  Object.entries(PLACES).map(([path, name]) => [path, readAsset(name)]),
)

function readAsset(name: string): Asset {
  const text = thin(readFileSync(new URL(name, import.meta.url), 'utf8'))
  const type = name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8'
  return { text, type, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` }
}

/** Without indentation and lines of comment: a third less to load. No string of theirs spans lines. */
function thin(text: string): string {
  return text.replace(/^\s*(\/\*[\s\S]*?\*\/|\/\/.*)\s*$/gm, '').replace(/^\s+/gm, '')
}
