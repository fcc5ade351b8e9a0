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
  '/page.css': ['page.css', 'text/css'],
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

/** A line whenever something has changed; the page then asks for what it shows. */
function tellChanges(stage: Stage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write('data: \n\n')
  const end = stage.telegram.watch(() => response.write('data: \n\n'))
  response.on('close', end)
}

function giveFile(stage: Stage, id: string, response: ServerResponse): void {
  const file = stage.telegram.files.get(id)
  if (file === undefined) {
    give(response, 404, 'text/plain', 'Tidak ada')
    return
  }
  const isPhoto = file.path.startsWith('photos/')
  const type = isPhoto
    ? 'image/jpeg'
    : file.path.startsWith('voice/')
      ? 'audio/ogg'
      : 'application/octet-stream'
  give(response, 200, type, file.bytes)
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
    act(stage, wish)
    give(response, 200, 'application/json', '{}')
  } catch (error) {
    give(response, 400, 'text/plain', error instanceof Error ? error.message : String(error))
  }
}

/** The page on which a person plays citizens and staff. */
export function door(doors: Doors): Door {
  return async (request, response, address) => {
    const { stage } = doors
    if (stage === undefined) return false
    const page = PAGES[address.pathname]
    if (page !== undefined)
      give(response, 200, page[1], readFileSync(join(import.meta.dirname, page[0]), 'utf8'))
    else if (address.pathname === '/page/people')
      give(response, 200, 'application/json', JSON.stringify(people(stage)))
    else if (address.pathname === '/page/view')
      give(
        response,
        200,
        'application/json',
        JSON.stringify(view(stage, Object.fromEntries(address.searchParams))),
      )
    else if (address.pathname === '/page/changes') tellChanges(stage, response)
    else if (address.pathname.startsWith('/page/file/')) giveFile(stage, address.pathname.slice(11), response)
    else if (address.pathname === '/page/act' && request.method === 'POST')
      await doIt(stage, request, response)
    else return false
    return true
  }
}
