import { type Context, Hono } from 'hono'
import { readBytes } from '../../lib/read-bytes.ts'
import { admitsFor } from '../admits.ts'
import type { InboundMessage } from '../channel.ts'
import { cleanFileName } from '../clean.ts'
import { fileKind } from '../file-kind.ts'
import { fromCitizen } from './chat-routes.ts'
import { type Door, receive, sessionOf } from './door.ts'
import { isOurLink } from './file-links.ts'
import type { FileRefusal, FileStore, OfficeDoor } from './ports.ts'
import { readId, readText } from './read-message.ts'
import { isRefused, type Refusal, type Refused, refuse } from './refusals.ts'
import { whileUploading } from './uploads.ts'

/** What a form holds besides its file: fields and the borders between them. */
const FORM_BYTES = 64 * 1024

const REFUSED: Record<FileRefusal['refused'], Refusal> = {
  too_large: 'file_too_large',
  unknown_type: 'file_type',
  no_room: 'files_full',
}

/** Files come in through the chat, and go out through links that expire. */
export function fileRoutes(door: Door): Hono {
  const routes = new Hono()
  routes.post('/chat/:office/files', c => postFile(c, door))
  routes.get('/files/:id', c => getFile(c, door))
  return routes
}

async function postFile(c: Context, door: Door): Promise<Response> {
  const office = door.office(c.req.param('office') ?? '')
  if (office === undefined) return refuse(c, 'office_unknown')
  if (door.files === undefined) return refuse(c, 'files_closed', 3600)
  const pause = door.buckets.client.take(`files ${door.client(c)}`)
  if (pause > 0) return refuse(c, 'too_many', pause)
  const { files } = door
  const taken = await whileUploading(door, door.client(c), () => takeFile(c, door, office, files))
  return taken ?? refuse(c, 'too_many', 5)
}

async function takeFile(c: Context, door: Door, office: OfficeDoor, files: FileStore): Promise<Response> {
  const form = await readForm(c.req.raw, door.limits.fileBytes)
  if ('refused' in form) return refuse(c, form.refused)
  const session = sessionOf(c, door, office, form.data.get('session'))
  if (session === undefined) return refuse(c, 'session_unknown')
  const named = readId(form.data.get('id'))
  if (isRefused(named)) return refuse(c, named.refused)
  const caption = readText(form.data.get('text') ?? '', true)
  if (isRefused(caption)) return refuse(c, caption.refused)
  const given = form.data.get('file')
  if (!(given instanceof File) || given.size === 0) return refuse(c, 'file_missing')
  if (given.size > door.limits.fileBytes) return refuse(c, 'file_too_large')

  const message = fromCitizen(door, office, session, named.id)
  const kept = await keepFile(door, files, message, given)
  if (isRefused(kept)) return refuse(c, kept.refused)
  return receive(c, door, { ...message, ...kept, text: caption.text })
}

/** Stores a file, as what its message says of it; one too many of the day is not stored, and its message says that. */
export async function keepFile(
  { quota }: Door,
  files: FileStore,
  message: ReturnType<typeof fromCitizen>,
  given: File,
): Promise<Pick<InboundMessage, 'kind' | 'file' | 'unkept'> | Refused> {
  if (!(await admitsFor(quota, message.from, message)(given.size)))
    return { kind: fileKind(given.type), unkept: true }
  const bytes = new Uint8Array(await given.arrayBuffer())
  const stored = await files.put(message.office, bytes, cleanFileName(given.name))
  if ('refused' in stored) return { refused: REFUSED[stored.refused] }
  return { kind: fileKind(stored.mime), file: stored }
}

async function readForm(request: Request, fileBytes: number): Promise<{ data: FormData } | Refused> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\s*;/i.test(type)) return { refused: 'content_type' }
  try {
    const bytes = await readBytes(request, fileBytes + FORM_BYTES)
    if (bytes === undefined) return { refused: 'file_too_large' }
    return { data: await new Response(bytes, { headers: { 'Content-Type': type } }).formData() }
  } catch {
    return { refused: 'malformed_form' }
  }
}

async function getFile(c: Context, door: Door): Promise<Response> {
  const id = c.req.param('id') ?? ''
  const { until = '', sign = '' } = c.req.query()
  const file = isOurLink(door.key, id, until, sign, door.now()) ? await door.files?.open(id) : undefined
  if (file === undefined) return refuse(c, 'file_unknown')
  if (file === 'infected') return refuse(c, 'file_infected')
  return c.body(new Uint8Array(file.bytes), 200, {
    'Content-Type': file.mime,
    // Never opened as a page of ours: a citizen's file is only ever shown inside one, or saved.
    'Content-Disposition': 'attachment',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cache-Control': 'private, max-age=3600',
  })
}
