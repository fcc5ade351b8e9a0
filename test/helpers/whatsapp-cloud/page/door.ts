import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Door } from '../server.ts'
import { isObject } from '../shapes.ts'
import { act } from './act.ts'
import type { Stage } from './stage.ts'
import { people, view } from './view.ts'

/** The stage is set only once the server stands: until then the page is not there. */
export type Doors = { stage: Stage | undefined }

const PAGES: Record<string, [file: string, type: string]> = {
  '/': ['page.html', 'text/html'],
  '/page.css': ['../../telegram/page/page.css', 'text/css'],
  '/page.js': ['page.js', 'text/javascript'],
  '/messages.js': ['messages.js', 'text/javascript'],
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'"

function give(response: ServerResponse, code: number, type: string, body: string | Uint8Array): void {
  response.writeHead(code, {
    'content-type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  })
  response.end(body)
}

function giveJson(response: ServerResponse, body: unknown): void {
  give(response, 200, 'application/json', JSON.stringify(body))
}

/** A line whenever something has changed; the page then asks for what it shows. */
function tellChanges(stage: Stage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write('data: \n\n')
  const end = stage.graph.watch(() => response.write('data: \n\n'))
  response.on('close', end)
}

/** Of what a file claims to be only pictures and sounds are believed: the rest is bytes. */
function giveFile(stage: Stage, id: string, response: ServerResponse): void {
  const media = stage.graph.media.get(id)
  const { mime = '', bytes = new Uint8Array() } = media ?? {}
  const isShown = /^(image\/(jpeg|png|webp)|audio\/\w+)(;|$)/.test(mime)
  give(response, media === undefined ? 404 : 200, isShown ? mime : 'application/octet-stream', bytes)
}

async function doIt(stage: Stage, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // JSON alone: another site's form cannot send it.
  if (request.headers['content-type'] !== 'application/json')
    return give(response, 415, 'text/plain', 'application/json')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  try {
    const wish: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    if (!isObject(wish)) throw new Error('An object is expected.')
    await act(stage, wish)
    giveJson(response, {})
  } catch (error) {
    give(response, 400, 'text/plain', error instanceof Error ? error.message : String(error))
  }
}

/** The page on which a person plays citizens. */
export function door(doors: Doors): Door {
  return async (request, response, address) => {
    const { stage } = doors
    if (stage === undefined) return false
    const { pathname, searchParams } = address
    const page = PAGES[pathname]
    if (page !== undefined)
      give(response, 200, page[1], readFileSync(join(import.meta.dirname, page[0]), 'utf8'))
    else if (pathname === '/page/people') giveJson(response, people(stage))
    else if (pathname === '/page/view') giveJson(response, view(stage, Object.fromEntries(searchParams)))
    else if (pathname === '/page/changes') tellChanges(stage, response)
    else if (pathname.startsWith('/page/file/')) giveFile(stage, pathname.slice(11), response)
    else if (pathname === '/page/act' && request.method === 'POST') await doIt(stage, request, response)
    else return false
    return true
  }
}
