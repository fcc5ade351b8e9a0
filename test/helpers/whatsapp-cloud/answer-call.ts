import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { checkMessage } from './check-message.ts'
import { type Harm, harmFor, stopsBefore } from './faults.ts'
import { about, remove, upload } from './media-calls.ts'
import { breach, noObject, Refusal } from './refusal.ts'
import { markRead, send } from './send.ts'
import { type Fields, isObject } from './shapes.ts'
import type { BusinessState, Call, World } from './world.ts'

export type Answer = { status: number; body: string; headers: Record<string, string>; harm: Harm | undefined }

/** The largest document with its form around it. */
const LARGEST = 101 * 1024 * 1024

/** The business whose token this is; throws what Graph answers without one. */
export function authorize(world: World, request: IncomingMessage): BusinessState {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1]
  const business = world.businesses.find(one => one.token === token)
  if (token === undefined) throw new Refusal(200, 'No access token was sent', { breach: true, status: 401 })
  if (business === undefined) throw breach(190, 'Invalid OAuth access token - Cannot parse access token')
  if (business.isRevoked) throw new Refusal(190, 'Error validating access token: it has been invalidated')
  return business
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > LARGEST) throw breach(100, 'The request is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function readJson(request: IncomingMessage, body: Buffer): Fields {
  if (!/^application\/json(;|$)/.test(request.headers['content-type'] ?? ''))
    throw breach(100, 'The content type must be application/json')
  try {
    const fields: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    if (isObject(fields)) return fields
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
  }
  throw breach(100, 'The body is no JSON object')
}

type Work = (fails: { failed: number; details?: string } | undefined) => object | Promise<object>

/** What the call wants, by method and path; fills in what is known of it before anything is done. */
async function workOf(
  world: World,
  business: BusinessState,
  request: IncomingMessage,
  address: URL,
  call: Call,
): Promise<Work> {
  const [, version, id = '', edge] = /^\/v(\d+)\.0\/([^/]+)(?:\/([^/]+))?$/.exec(address.pathname) ?? []
  if (version === undefined || Number(version) < 20)
    throw breach(2500, `Unknown path components: ${address.pathname}`)
  const body = await readBody(request)
  const way = `${request.method} ${edge ?? ''}`.trim()
  if (edge !== undefined && id !== business.phoneId) throw noObject(id, true)
  switch (way) {
    case 'POST messages': {
      call.fields = readJson(request, body)
      call.what = call.fields.status === undefined ? 'messages' : 'read'
      const message = checkMessage(call.fields)
      if ('status' in message) return () => markRead(world, business, message)
      return fails => send({ world, business, call, fails }, message)
    }
    case 'POST media':
      call.what = 'upload'
      return () => upload(world, business, request, body)
    case 'GET':
      if (id === business.phoneId) {
        call.what = 'number'
        return () => ({
          id,
          display_phone_number: business.phone,
          verified_name: business.name,
          quality_rating: 'GREEN',
        })
      }
      call.what = 'url'
      return () => about(world, business, id)
    case 'DELETE':
      call.what = 'delete'
      return () => remove(world, business, id)
    default:
      throw breach(100, `Unsupported ${request.method?.toLowerCase()} request`)
  }
}

/** Throttled calls also say how much of the hour has been used. */
function usage(business: BusinessState, code: number): Record<string, string> {
  if (![4, 80007, 130429].includes(code)) return {}
  const used = {
    type: 'whatsapp',
    call_count: 100,
    total_cputime: 1,
    total_time: 1,
    estimated_time_to_regain_access: 1,
  }
  return { 'x-business-use-case-usage': JSON.stringify({ [business.accountId]: [used] }) }
}

/** Answers one call, and writes it down. */
export async function answerCall(world: World, request: IncomingMessage, address: URL): Promise<Answer> {
  const call: Call = { at: world.now(), business: '', what: address.pathname, fields: {}, answer: 200 }
  world.calls.push(call)
  let business: BusinessState | undefined
  let harm: Harm | undefined
  try {
    business = authorize(world, request)
    call.business = business.name
    const work = await workOf(world, business, request, address, call)
    harm = harmFor(world, {
      what: call.what,
      business: business.name,
      to: call.fields.to ?? call.fields.recipient,
    })
    if (harm !== undefined) {
      call.answer = Object.entries(harm).slice(0, 1).flat().join(' ')
      if (stopsBefore(harm)) return { status: 500, body: '', headers: {}, harm }
      if ('error' in harm)
        throw new Refusal(harm.error, harm.details ?? 'An error that was asked for', {
          ...(harm.status === undefined ? {} : { status: harm.status }),
        })
    }
    const fails = harm !== undefined && 'fails' in harm ? failureOf(harm) : undefined
    const body = JSON.stringify(await work(fails))
    return { status: 200, body, headers: {}, harm }
  } catch (error) {
    const no = error instanceof Refusal ? error : breach(131000, `The fake itself failed: ${error}`)
    if (no.breach)
      world.violations.push({ at: call.at, business: call.business, what: call.what, problem: no.details })
    call.answer = no.code
    call.details = no.details
    const trace = randomBytes(8).toString('base64url')
    const headers = business === undefined ? {} : usage(business, no.code)
    return { status: no.status, body: JSON.stringify(no.body(trace)), headers, harm }
  }
}

function failureOf({ fails, details }: { fails: number; details?: string }) {
  return { failed: fails, ...(details === undefined ? {} : { details }) }
}
