import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { createBuckets } from '../../channels/web/buckets.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { LIMITS } from '../../lib/limits.ts'
import { readBytes } from '../../lib/read-bytes.ts'
import type { House } from '../../offices/house.ts'
import type { PublicDoor } from '../pages/public-door.ts'
import { fileRequest } from './file-request.ts'
import { SERVICES, serviceList } from './offered.ts'
import { readAsked } from './read-asked.ts'
import { readRequests } from './read-requests.ts'

export type Open311Door = PublicDoor & {
  /** The keys of an office's partners. */
  keysOf(office: string): readonly string[]
  publicUrl: string | undefined
  mode: 'trial' | 'live'
}

const BASE = '/open311/v2/:office'
const FORM_BYTES = 32 * 1024
/** As long as a report of a chat may be, and GeoReport's own limit. */
const MOST_WORDS = 4000
const LEAST_WORDS = 10

/** Which changes of the door a client may count on. */
const CHANGESET = '2026-11-22T00:00:00+07:00'

/**
 * GeoReport v2 in JSON. The list of services is for everybody; reports are filed and read with a partner's key, each partner its
 * own: a list of reports for all would tell more than the public figures do.
 */
export function open311Routes(door: Open311Door): Hono {
  const routes = new Hono()
  const filing = createBuckets(LIMITS.officePartner.rate)
  type Answer = (c: Context, house: House) => Response | Promise<Response>
  const open = (method: 'GET' | 'POST', path: string, answer: Answer) =>
    routes.on(method, `${BASE}${path}`, c => {
      const house = door.houses.get(c.req.param('office') ?? '')
      c.header('Cache-Control', 'no-store')
      return house === undefined ? wrong(c, 404, 'There is no such jurisdiction here.') : answer(c, house)
    })
  open('GET', '/discovery.json', (c, { office }) => {
    const url = `${door.publicUrl ?? ''}/open311/v2/${office.id}`
    return c.json({
      changeset: CHANGESET,
      contact: office.name,
      key_service: 'Kunci diberikan pengelola sistem kantor.',
      endpoints: [
        {
          specification: 'http://wiki.open311.org/GeoReport_v2',
          url,
          changeset: CHANGESET,
          type: door.mode === 'live' ? 'production' : 'test',
          formats: ['application/json'],
        },
      ],
    })
  })
  open('GET', '/services.json', c => c.json(serviceList()))
  open('GET', '/services/:code{.+\\.json}', c => {
    const code = (c.req.param('code') ?? '').replace(/\.json$/, '')
    if (!Object.hasOwn(SERVICES, code)) return wrong(c, 404, 'There is no such service_code.')
    return c.json({ service_code: code, attributes: [] })
  })
  open('POST', '/requests.json', async (c, house) => {
    const fields = await formOf(c)
    if (fields === undefined)
      return wrong(c, 400, 'Send a form (application/x-www-form-urlencoded) of at most 32 kB.')
    const keyHash = keyIn(door, house, fields.get('api_key'))
    if (keyHash === undefined) return wrong(c, 403, 'The api_key is missing or not known.')
    const wait = filing.take(keyHash.toString('hex'))
    if (wait > 0) {
      c.header('Retry-After', String(wait))
      return wrong(c, 429, 'Too many reports at once; try again later.')
    }
    return file(c, door, house, keyHash, fields)
  })
  open('GET', '/requests.json', async (c, house) => {
    const keyHash = keyIn(door, house, c.req.query('api_key'))
    if (keyHash === undefined) return wrong(c, 403, 'The api_key is missing or not known.')
    const asked = readAsked(c.req.query())
    return typeof asked === 'string'
      ? wrong(c, 400, asked)
      : c.json(await readRequests(door, house, keyHash, asked))
  })
  open('GET', '/requests/:id{.+\\.json}', async (c, house) => {
    const keyHash = keyIn(door, house, c.req.query('api_key'))
    if (keyHash === undefined) return wrong(c, 403, 'The api_key is missing or not known.')
    const ids = [(c.req.param('id') ?? '').replace(/\.json$/, '')]
    const found = await readRequests(door, house, keyHash, {
      ids,
      service: [],
      status: '',
      from: null,
      to: null,
    })
    return found.length === 0 ? wrong(c, 404, 'There is no such service_request_id.') : c.json(found)
  })
  return routes
}

/** GeoReport's own shape of an error. */
function wrong(c: Context, code: 400 | 403 | 404 | 429, description: string): Response {
  return c.json([{ code, description }], code)
}

async function formOf(c: Context): Promise<URLSearchParams | undefined> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(c.req.header('content-type') ?? '')) return undefined
  const bytes = await readBytes(c.req.raw, FORM_BYTES)
  return bytes === undefined ? undefined : new URLSearchParams(bytes.toString('utf8'))
}

/** Compared as keyed hashes: how long that takes says nothing of the key. */
function keyIn(door: Open311Door, { office }: House, given: string | null | undefined): Buffer | undefined {
  if (given === null || given === undefined) return undefined
  const hash = (key: string) => door.room.sealing.hash('open311 key', office.id, key)
  const asked = hash(given)
  return door.keysOf(office.id).some(key => hash(key).equals(asked)) ? asked : undefined
}

async function file(
  c: Context,
  door: Open311Door,
  { office }: House,
  keyHash: Buffer,
  fields: URLSearchParams,
): Promise<Response> {
  const field = (name: string) => cleanText(fields.get(name) ?? '').trim()
  const service = field('service_code')
  const description = field('description')
  const [lat, long] = [field('lat'), field('long')]
  const place = field('address_string').slice(0, 300) || (isPlace(lat, long) ? `${lat}, ${long}` : '')
  if (!Object.hasOwn(SERVICES, service)) return wrong(c, 400, 'service_code is none of services.json.')
  if (description.length < LEAST_WORDS || description.length > MOST_WORDS)
    return wrong(c, 400, `description must have ${LEAST_WORDS} to ${MOST_WORDS} characters.`)
  if (place === '') return wrong(c, 400, 'A location is needed: address_string, or lat and long.')
  const code = await fileRequest(door, {
    office: office.id,
    keyHash,
    asked: c.req.header('idempotency-key')?.slice(0, 200) ?? randomUUID(),
    service,
    description,
    place,
    name: `${field('first_name')} ${field('last_name')}`.trim().slice(0, 100),
  })
  return c.json([{ service_request_id: code, service_notice: null, account_id: null }], 201)
}

function isPlace(lat: string, long: string): boolean {
  const isNumber = (text: string, most: number) => text !== '' && Math.abs(Number(text)) <= most
  return isNumber(lat, 90) && isNumber(long, 180)
}
