import { hash, timingSafeEqual } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { LIMITS } from '../../lib/limits.ts'
import { faultOf } from '../../lib/log.ts'
import type { Lanes } from '../lanes.ts'
import { meaningOf } from './answers.ts'
import type { Client } from './client.ts'
import type { TelegramOptions } from './ports.ts'
import { readUpdate } from './read-update.ts'
import type { Take } from './take.ts'
import { chatOf, isUpdate } from './update-shape.ts'

const HEADER = 'x-telegram-bot-api-secret-token'
/** Seconds until Telegram is asked to come again. */
const AGAIN = 2

type Parts = Pick<TelegramOptions, 'away' | 'log' | 'counters'> & {
  clients: ReadonlyMap<string, Client>
  lanes: Lanes
  /** Undefined while nothing can be taken: before the start and after the stop. */
  take: () => Take | undefined
}

/**
 * Where Telegram calls us. 200 says that an update is durably ours, or that it never can be: whoever knows the secret and sends
 * what nobody can read would otherwise be asked to send it again for a day, with everything else waiting behind it.
 */
export function webhookRoutes(parts: Parts): Hono {
  const routes = new Hono()
  let open = 0
  routes.post('/telegram/:office', async c => {
    const client = clientOf(c, parts)
    if (client instanceof Response) return client
    if (open >= LIMITS.allTelegram.most) return later(c)
    open += 1
    try {
      return await receive(c, client, parts)
    } finally {
      open -= 1
    }
  })
  return routes
}

/** Whose door it is, for who knows its secret; asked before the body is read. */
function clientOf(c: Context, { clients, counters }: Parts): Client | Response {
  const client = clients.get(c.req.param('office') ?? '')
  if (client?.account.by !== 'webhook') return refuse(c, 404, 'not_found', 'There is no such door.')
  if (isSame(c.req.header(HEADER) ?? '', client.account.secret)) return client
  counters.add('telegram_webhooks_refused_total')
  return refuse(c, 401, 'secret_wrong', 'The secret is missing or wrong.')
}

async function receive(c: Context, client: Client, parts: Parts): Promise<Response> {
  const { lanes, away, log, counters } = parts
  const take = parts.take()
  if (take === undefined) return later(c)
  const update = await readUpdate(c.req.raw)
  if (!isUpdate(update)) {
    counters.add('telegram_updates_malformed_total')
    log.warn('a webhook call with the right secret could not be read', { office: client.office })
    return c.json({ taken: false })
  }
  const lane = `${client.office} ${chatOf(update) ?? `u${update.update_id}`}`
  // Nobody else's calls wait behind one chat's: Telegram has forty for a bot, and keeps what it is refused.
  if (lanes.inLine(lane) >= LIMITS.chatInLine.most) return later(c)
  try {
    await lanes.run(lane, () => take(client, update))
    return c.json({ taken: true })
  } catch (error) {
    if (!away(error) && meaningOf(error) === undefined) {
      log.warn('an update was not taken', { office: client.office, ...faultOf(error) })
    }
    return later(c)
  }
}

function later(c: Context): Response {
  c.header('Retry-After', String(AGAIN))
  return refuse(c, 503, 'away', 'Not taken; try again in a moment.')
}

function refuse(c: Context, status: 401 | 404 | 503, code: string, message: string): Response {
  return c.json({ error: { code, message } }, status)
}

/** Hashed first, so that neither content nor length shows in the time it takes. */
function isSame(given: string, secret: string): boolean {
  const hashed = (text: string) => hash('sha256', text, 'buffer')
  return secret !== '' && timingSafeEqual(hashed(given), hashed(secret))
}
