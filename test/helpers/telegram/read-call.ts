import type { IncomingMessage } from 'node:http'
import type { Sent, Upload } from './check-call.ts'
import { breach } from './refusal.ts'
import { isObject } from './shapes.ts'

/** Telegram takes files up to 50 MB. */
const LARGEST = 52 * 1024 * 1024

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > LARGEST) throw breach('Request Entity Too Large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function readForm(body: Buffer, type: string): Promise<Sent> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  const sent: Sent = { fields: {}, uploads: new Map<string, Upload>(), typed: false }
  for (const [name, value] of form) {
    if (typeof value === 'string') sent.fields[name] = value
    else {
      const bytes = new Uint8Array(await value.arrayBuffer())
      sent.uploads.set(name, { bytes, name: value.name, type: value.type })
    }
  }
  // A file named like a field is that field; any other is meant by an `attach://` somewhere.
  for (const name of sent.uploads.keys())
    if (/^(photo|document|voice|certificate)$/.test(name)) sent.fields[name] = `attach://${name}`
  return sent
}

function readJson(body: Buffer): Sent {
  const fields: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  if (!isObject(fields)) throw breach("can't parse JSON: an object is expected")
  return { fields, uploads: new Map(), typed: true }
}

/** The fields of a call, from the address or from a body as JSON, form or multipart. */
export async function readCall(request: IncomingMessage, address: URL): Promise<Sent> {
  const inAddress = Object.fromEntries(address.searchParams)
  const body = await readBody(request)
  const type = request.headers['content-type'] ?? ''
  if (body.length === 0) return { fields: inAddress, uploads: new Map(), typed: false }
  try {
    if (type.startsWith('application/json')) return readJson(body)
    if (type.startsWith('multipart/form-data')) return await readForm(body, type)
    if (type.startsWith('application/x-www-form-urlencoded')) {
      const fields = Object.fromEntries(new URLSearchParams(body.toString('utf8')))
      return { fields: { ...inAddress, ...fields }, uploads: new Map(), typed: false }
    }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) throw breach("can't parse the body")
    throw error
  }
  throw breach(`unsupported content type ${type || 'none'}`)
}
