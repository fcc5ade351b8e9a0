import { refusal } from './refusal.ts'
import type { Fields, Update } from './shapes.ts'
import type { BotState, World } from './world.ts'

/** What a bot gets that never said what it wants: everything but these. */
const UNASKED = ['chat_member', 'message_reaction', 'message_reaction_count']
const KINDS = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'callback_query',
  'inline_query',
  'my_chat_member',
  'poll',
  ...UNASKED,
]

/** Telegram holds a long poll for at most 50 seconds, whatever is asked (LONG_POLL_MAX_TIMEOUT). */
const LONGEST_POLL = 50

export function defaultUpdates(): ReadonlySet<string> {
  return new Set(KINDS.filter(kind => !UNASKED.includes(kind)))
}

/** `allowed_updates` of getUpdates and setWebhook: kept until said otherwise, an empty list being the default. */
export function allow(bot: BotState, fields: Fields): void {
  if (!Array.isArray(fields.allowed_updates)) return
  const named = fields.allowed_updates.map(String)
  bot.allowed = named.length === 0 ? defaultUpdates() : new Set(named)
}

/** Puts an update in the bot's queue, if the bot wants its kind, and hands it on at once. */
export function tell(bot: BotState, kind: string, body: unknown, lane: string): void {
  if (bot.allowed.has(kind)) queue(bot, { [kind]: structuredClone(body) }, lane)
}

/** Puts anything in the bot's queue, wanted or not, well formed or not. */
export function queue(bot: BotState, body: Fields, lane: string): number {
  const update: Update = { update_id: bot.nextUpdateId, ...body }
  bot.nextUpdateId += 1
  bot.pending.push({ update, lane, fails: 0, dueAt: 0, flying: false })
  bot.wake()
  bot.waiting?.()
  return update.update_id
}

function confirm(bot: BotState, offset: number): void {
  bot.pending =
    offset < 0 ? bot.pending.slice(offset) : bot.pending.filter(one => one.update.update_id >= offset)
}

/** Waits for the first update; ends early when another poller or a webhook takes over, or the caller hangs up. */
function wait(bot: BotState, ms: number, gone: AbortSignal): Promise<string | undefined> {
  return new Promise(done => {
    const end = (conflict?: string) => {
      clearTimeout(timer)
      gone.removeEventListener('abort', hangUp)
      if (bot.waiting === end) bot.waiting = undefined
      done(conflict)
    }
    const hangUp = () => end()
    const timer = setTimeout(end, ms)
    gone.addEventListener('abort', hangUp)
    bot.waiting = end
  })
}

/** getUpdates: what lies below `offset` is confirmed and forgotten, the rest stays until it is. */
export async function getUpdates(
  world: World,
  bot: BotState,
  fields: Fields,
  gone: AbortSignal,
): Promise<Update[]> {
  if (bot.webhook !== undefined)
    throw refusal(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
  bot.waiting?.(
    'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  )
  allow(bot, fields)
  if (typeof fields.offset === 'number' && fields.offset !== 0) confirm(bot, fields.offset)
  const seconds = Math.min(Number(fields.timeout ?? 0), LONGEST_POLL)
  if (bot.pending.length === 0 && seconds > 0) {
    const conflict = await wait(bot, seconds * world.secondMs, gone)
    if (conflict !== undefined) throw refusal(409, conflict)
  }
  return bot.pending.slice(0, Number(fields.limit ?? 100)).map(one => one.update)
}
