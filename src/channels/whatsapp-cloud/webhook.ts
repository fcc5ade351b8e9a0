import { type Context, Hono } from 'hono'
import { LIMITS } from '../../lib/limits.ts'
import { faultOf } from '../../lib/log.ts'
import { readBytes } from '../../lib/read-bytes.ts'
import type { OnOutcome } from '../channel.ts'
import { type Lanes, LineFull } from '../lanes.ts'
import type { Alarm } from './alarm.ts'
import { meaningOf, readAnswer } from './answers.ts'
import type { Client } from './client.ts'
import { isWhole } from './identity.ts'
import type { CloudOptions } from './ports.ts'
import { type Notice, parseBody, readNotice } from './read-notice.ts'
import { claimOf, isSame, isSigned } from './signature.ts'
import type { Take } from './take.ts'
import type { Heard } from './translate.ts'

const HEADER = 'x-hub-signature-256'
/** Meta's largest posts are of 3 MB. */
const BYTES = 3 * 1024 * 1024
/** Seconds until Meta is asked to come again; it decides itself, for up to seven days. */
const AGAIN = 2
const CHALLENGE_MAX = 256

export type Taking = { take: Take; onOutcome: OnOutcome }

type Parts = Pick<CloudOptions, 'away' | 'log' | 'counters'> & {
  clients: ReadonlyMap<string, Client>
  lanes: Lanes
  alarm: Alarm
  now: () => Date
  /** Undefined while nothing can be taken: before the start and after the stop. */
  taking: () => Taking | undefined
}

/**
 * Where Meta calls us. 200 says that all of a post is durably ours, or that it never can be: what Meta signed and nobody here can
 * read would otherwise come again for a week.
 */
export function webhookRoutes(parts: Parts): Hono {
  const routes = new Hono()
  let open = 0
  routes.get('/whatsapp/:office', c => {
    const client = clientOf(c, parts)
    return client === undefined ? refuse(c, 404) : verify(c, client, parts)
  })
  routes.post('/whatsapp/:office', async c => {
    const client = clientOf(c, parts)
    if (client === undefined) return refuse(c, 404)
    if (open >= LIMITS.allCloud.most) return later(c)
    open += 1
    try {
      return await receive(c, client, parts)
    } finally {
      open -= 1
    }
  })
  return routes
}

function clientOf(c: Context, { clients }: Parts): Client | undefined {
  return clients.get(c.req.param('office') ?? '')
}

/** Meta asks once, when the webhook is set, whether this is the right door. */
function verify(c: Context, client: Client, { counters }: Parts): Response {
  const challenge = c.req.query('hub.challenge') ?? ''
  const isKnown = isSame(c.req.query('hub.verify_token') ?? '', client.number.verify)
  if (
    isKnown &&
    c.req.query('hub.mode') === 'subscribe' &&
    challenge !== '' &&
    challenge.length <= CHALLENGE_MAX
  ) {
    return c.text(challenge)
  }
  counters.add('whatsapp_cloud_webhooks_refused_total')
  return refuse(c, 403)
}

async function receive(c: Context, client: Client, parts: Parts): Promise<Response> {
  const { log, counters, now } = parts
  const { office, phone, secret } = client.number
  const claim = claimOf(c.req.header(HEADER))
  // Without one nothing is read.
  const bytes =
    claim === undefined ? new Uint8Array() : await readBytes(c.req.raw, BYTES).catch(() => 'broken' as const)
  if (bytes === undefined) return refuse(c, 413)
  if (claim === undefined || bytes === 'broken' || !isSigned(bytes, claim, secret)) {
    counters.add('whatsapp_cloud_webhooks_refused_total')
    return refuse(c, 401)
  }
  const taking = parts.taking()
  if (taking === undefined) return later(c)
  const notice = readNotice(parseBody(bytes), { office, phone, now: now() })
  if (notice === undefined) {
    counters.add('whatsapp_cloud_messages_malformed_total')
    log.warn('a signed webhook call could not be read', { office })
    return c.json({ taken: false })
  }
  return (await takeAll(client, notice, taking, parts)) ? c.json({ taken: true }) : later(c)
}

/** Whether all of it is ours now. One that fails does not keep the others from being taken: they fall away when it comes again. */
async function takeAll(
  client: Client,
  notice: Notice,
  { take, onOutcome }: Taking,
  parts: Parts,
): Promise<boolean> {
  const { lanes, alarm, away, log } = parts
  const { office } = client.number
  const { heard, outcomes, codes } = notice
  for (const code of codes) alarm.met(office, readAnswer(400, { code }))
  // Looked at before anything of this post stands in line: a post is taken whole, however much of it is one chat's.
  const full = new Set(heard.filter(one => isFull(lanes, office, one)))
  const done = await Promise.allSettled([
    ...heard.map(one =>
      full.has(one)
        ? Promise.reject(new LineFull('One chat has too many in line.'))
        : inOrder(lanes, office, one, () => take(client, one)),
    ),
    ...(outcomes.length === 0 ? [] : [onOutcome(outcomes)]),
  ])
  const errors = done.flatMap(one => (one.status === 'rejected' ? [one.reason as unknown] : []))
  for (const error of errors) {
    if (!away(error) && meaningOf(error) === undefined && !(error instanceof LineFull)) {
      log.warn('a message or a status was not taken', { office, ...faultOf(error) })
    }
  }
  return errors.length === 0
}

/** In order with all that one person says: by their old and their new ids where those change, always the same of them first. */
function inOrder(lanes: Lanes, office: string, heard: Heard, work: () => Promise<void>): Promise<void> {
  return lanesOf(office, heard).reduce<() => Promise<void>>(
    (inner, lane) => () => lanes.run(lane, inner),
    work,
  )()
}

/** Nobody else's posts wait behind one chat's: Meta keeps what it is refused. */
function isFull(lanes: Lanes, office: string, heard: Heard): boolean {
  return lanesOf(office, heard).some(lane => lanes.inLine(lane) >= LIMITS.chatInLine.most)
}

function lanesOf(office: string, heard: Heard): string[] {
  const names = 'names' in heard ? heard.names.filter(isWhole) : []
  return names.toSorted().map(name => `${office} ${name}`)
}

const REFUSALS = {
  401: ['signature_wrong', 'The signature is missing or wrong.'],
  403: ['token_wrong', 'The token is missing or wrong.'],
  404: ['not_found', 'There is no such door.'],
  413: ['too_large', 'A post may have 3 MB.'],
  503: ['away', 'Not taken; try again in a moment.'],
} as const

function refuse(c: Context, status: keyof typeof REFUSALS): Response {
  const [code, message] = REFUSALS[status]
  return c.json({ error: { code, message } }, status)
}

function later(c: Context): Response {
  c.header('Retry-After', String(AGAIN))
  return refuse(c, 503)
}
