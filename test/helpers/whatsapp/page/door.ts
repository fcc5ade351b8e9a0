import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Door } from '../server.ts'
import type { Trust } from '../trust.ts'
import { act } from './act.ts'
import type { Stage } from './stage.ts'
import { findScene, people, view, type Wish } from './view.ts'

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
  const end = stage.whatsapp.watch(() => response.write('data: \n\n'))
  response.on('close', end)
}

/** The file in a message of the chat that is shown; always as bytes to be kept, never as a page. */
function giveFile(stage: Stage, wish: Wish, response: ServerResponse): void {
  const { person, place } = findScene(stage, wish)
  const message = person
    .in(place)
    .messages()
    .find(one => one.id === wish.message)
  if (message === undefined) give(response, 404, 'text/plain', 'Tidak ada')
  else give(response, 200, 'application/octet-stream', stage.whatsapp.opens(message))
}

async function doIt(stage: Stage, request: IncomingMessage, response: ServerResponse): Promise<void> {
  // JSON alone: another site's form cannot send it.
  if (request.headers['content-type'] !== 'application/json')
    return give(response, 415, 'text/plain', 'application/json')
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  try {
    await act(stage, JSON.parse(Buffer.concat(chunks).toString('utf8')) as Wish)
    giveJson(response, {})
  } catch (error) {
    give(response, 400, 'text/plain', error instanceof Error ? error.message : String(error))
  }
}

/** The page on which a person plays citizens and staff, and what a process must trust to come here. */
export function door(doors: Doors, trusted: Trust): Door {
  return async (request, response, { pathname, searchParams }) => {
    const { stage } = doors
    if (stage === undefined) return false
    const wish = Object.fromEntries(searchParams)
    const page = PAGES[pathname]
    if (page !== undefined)
      give(response, 200, page[1], readFileSync(join(import.meta.dirname, page[0]), 'utf8'))
    else if (pathname === '/trust') giveJson(response, trusted)
    // As the media host gives them, without its certificate: a Balai started by hand knows nothing of that.
    else if (stage.whatsapp.world.files.has(pathname))
      give(response, 200, 'application/octet-stream', stage.whatsapp.world.files.get(pathname) ?? '')
    else if (pathname === '/page/people') giveJson(response, people(stage))
    else if (pathname === '/page/view') giveJson(response, view(stage, wish))
    else if (pathname === '/page/changes') tellChanges(stage, response)
    else if (pathname === '/page/file') giveFile(stage, wish, response)
    else if (pathname === '/page/act' && request.method === 'POST') await doIt(stage, request, response)
    else return false
    return true
  }
}
