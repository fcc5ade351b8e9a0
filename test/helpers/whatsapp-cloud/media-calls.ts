import type { IncomingMessage, ServerResponse } from 'node:http'
import { findMedia, keepUpload, sha256, urlOf } from './media.ts'
import { breach } from './refusal.ts'
import type { BusinessState, World } from './world.ts'

async function readForm(request: IncomingMessage, body: Buffer): Promise<FormData> {
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) throw breach(100, 'multipart/form-data is expected')
  try {
    return await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  } catch (error) {
    if (error instanceof TypeError) throw breach(100, 'The form cannot be read')
    throw error
  }
}

/** `POST /{number}/media`: exactly the three published parts. */
export async function upload(world: World, business: BusinessState, request: IncomingMessage, body: Buffer) {
  const form = await readForm(request, body)
  for (const name of form.keys())
    if (!['messaging_product', 'type', 'file'].includes(name)) throw breach(100, `Unexpected key "${name}"`)
  if (form.get('messaging_product') !== 'whatsapp')
    throw breach(100, '(#100) The parameter messaging_product is required.')
  const [type, file] = [form.get('type'), form.get('file')]
  if (!(file instanceof File)) throw breach(100, 'The parameter file is required.')
  if (typeof type !== 'string') throw breach(100, 'The parameter type is required.')
  if (file.name === '') throw breach(100, 'The file has no name')
  if (file.type !== type) throw breach(100, `The file is sent as '${file.type}', but its type is '${type}'`)
  const media = keepUpload(world, business, new Uint8Array(await file.arrayBuffer()), type)
  return { id: media.id }
}

/** `GET /{media}`: where to fetch it for the next five minutes. */
export function about(world: World, business: BusinessState, id: string) {
  const media = findMedia(world, business, id)
  return {
    messaging_product: 'whatsapp',
    url: urlOf(world, media),
    mime_type: media.mime,
    sha256: sha256(media.bytes, 'hex'),
    file_size: `${media.bytes.length}`,
    id: media.id,
  }
}

/** `DELETE /{media}` */
export function remove(world: World, business: BusinessState, id: string) {
  findMedia(world, business, id).isDeleted = true
  return { success: true }
}

/** A download by its address. Without the token it is 401, after five minutes 404; no JSON comes with either. */
export function download(
  world: World,
  business: BusinessState | undefined,
  address: URL,
  response: ServerResponse,
): number {
  const media = world.media.get(address.searchParams.get('mid') ?? '')
  const end = media?.urls.get(address.searchParams.get('hash') ?? '') ?? 0
  const isThere = media !== undefined && !media.isDeleted && end > world.now()
  const status = business === undefined ? 401 : !isThere || media.business !== business.phoneId ? 404 : 200
  if (media === undefined || status !== 200) {
    response.writeHead(status, { 'content-type': 'text/plain' }).end()
    return status
  }
  const { bytes = media.bytes, cutAfter, status: wanted = 200, hang } = media.download
  if (hang) return 0
  response.writeHead(wanted, { 'content-type': media.mime, 'content-length': bytes.length })
  if (cutAfter === undefined) response.end(bytes)
  else response.write(bytes.subarray(0, cutAfter), () => response.destroy())
  return wanted
}
