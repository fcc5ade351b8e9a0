import { breach } from './refusal.ts'
import type { Fields } from './shapes.ts'
import { allow } from './updates.ts'
import { type BotState, date, type Pending, type World } from './world.ts'

/** Telegram waits a minute for an answer, and doubles its pauses from a second to a minute. */
const PATIENCE_SECONDS = 60
const LONGEST_PAUSE_SECONDS = 60

/** Telegram asks for https; a server of one's own takes http too, and this one only where nothing leaves the machine. */
function checkUrl(url: string): void {
  const address = URL.parse(url)
  if (address === null) throw breach('invalid webhook URL specified')
  const isLocal = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(address.hostname)
  if (isLocal) return
  if (address.protocol !== 'https:') throw breach('bad webhook: An HTTPS URL must be provided for webhook')
  if (!['', '443', '80', '88', '8443'].includes(address.port))
    throw breach('bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443')
}

/** setWebhook. Without `max_connections` updates go out one after another, the strictest order a server can meet. */
export function setWebhook(bot: BotState, fields: Fields): void {
  const url = String(fields.url)
  const secret = typeof fields.secret_token === 'string' ? fields.secret_token : undefined
  if (secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(secret))
    throw breach('secret token contains unallowed characters')
  const most = Number(fields.max_connections ?? 1)
  if (most < 1 || most > 100) throw breach('max_connections must be 1 to 100')
  if (url !== '') checkUrl(url)
  allow(bot, fields)
  if (fields.drop_pending_updates === true) bot.pending = []
  bot.webhook = url === '' ? undefined : { url, secret, maxConnections: most, lastError: undefined }
  bot.waiting?.('Conflict: terminated by setWebhook request')
  bot.wake()
}

async function post(world: World, bot: BotState, one: Pending, end: AbortSignal): Promise<Response | string> {
  const { url = '', secret } = bot.webhook ?? {}
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(one.update),
      headers: {
        'content-type': 'application/json',
        ...(secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': secret }),
      },
      redirect: 'manual',
      signal: AbortSignal.any([end, AbortSignal.timeout(PATIENCE_SECONDS * world.secondMs)]),
    })
    await noteReply(world, bot, response.clone())
    return response
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** A method call in the webhook's answer gives no message id back, so an outbox cannot use it: nobody here may. */
async function noteReply(world: World, bot: BotState, response: Response): Promise<void> {
  const reply = /^\{.*"method"\s*:\s*"(\w+)"/s.exec(await response.text())
  if (reply !== null)
    world.violations.push({
      at: world.now(),
      bot: bot.user.username,
      method: reply[1] ?? '',
      problem: 'was called by the answer to a webhook',
    })
}

/**
 * Delivers the bot's updates to its webhook for as long as `end` has not come: in order within a chat, up to the agreed
 * number at a time, again and again until a 2xx.
 */
export function startDelivering(world: World, bot: BotState, end: AbortSignal): void {
  let timer: NodeJS.Timeout | undefined
  let isDue = false
  let flying = 0

  const pauseOf = (one: Pending, answer: Response | string): number => {
    const asked = typeof answer === 'string' ? 0 : Number(answer.headers.get('retry-after') ?? 0)
    return asked > 0 ? asked : Math.min(LONGEST_PAUSE_SECONDS, 2 ** (one.fails - 1))
  }

  const deliver = async (one: Pending) => {
    const webhook = bot.webhook
    one.flying = true
    flying += 1
    const answer = await post(world, bot, one, end)
    one.flying = false
    flying -= 1
    const status = typeof answer === 'string' ? answer : answer.status
    bot.deliveries.push({ updateId: one.update.update_id, status, at: world.now() })
    if (typeof answer !== 'string' && answer.ok) {
      const place = bot.pending.indexOf(one)
      if (place >= 0) bot.pending.splice(place, 1)
    } else {
      one.fails += 1
      one.dueAt = performance.now() + pauseOf(one, answer) * world.secondMs
      const message =
        typeof answer === 'string' ? answer : `Wrong response from the webhook: ${answer.status}`
      if (webhook !== undefined) webhook.lastError = { at: date(world), message }
    }
    pump()
  }

  const pump = () => {
    clearTimeout(timer)
    isDue = false
    if (bot.webhook === undefined || end.aborted || bot.revoked || world.isAway) return
    const seen = new Set<string>()
    let next = Number.POSITIVE_INFINITY
    for (const one of bot.pending) {
      // Whoever lands next looks again.
      if (flying >= bot.webhook.maxConnections) return
      if (seen.has(one.lane)) continue
      seen.add(one.lane)
      if (one.flying) continue
      if (one.dueAt > performance.now()) next = Math.min(next, one.dueAt)
      else void deliver(one)
    }
    if (next < Number.POSITIVE_INFINITY) timer = setTimeout(pump, Math.max(0, next - performance.now()))
  }

  bot.wake = () => {
    if (!isDue) setImmediate(pump)
    isDue = true
  }
  end.addEventListener('abort', () => clearTimeout(timer))
}
