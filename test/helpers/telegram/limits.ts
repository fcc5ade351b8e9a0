import { tooMany } from './refusal.ts'
import { type Fields, isObject } from './shapes.ts'
import type { BotState, Call, Place, World } from './world.ts'

/** The limits Telegram names in its FAQ for bots; edits and new topics share those of messages (tdlib/td #2592). */
const WINDOWS = {
  bot: { most: 30, ms: 1000 },
  private: { most: 1, ms: 1000 },
  group: { most: 20, ms: 60_000 },
}

const COUNTED = /^(send(?!ChatAction)|edit|copyMessage|forwardMessage|createForumTopic)/

export type Limits = {
  /** Throws the 429 of a wait that was named and is not over, and counts the call as too early. */
  obey: (bot: BotState, place: Place | undefined, call: Call) => void
  /** Throws the 429 of a full window; otherwise counts the call. */
  take: (bot: BotState, place: Place | undefined, call: Call) => void
  /** Names a wait for a scope, from outside the windows: a storm. */
  ban: (scope: string, seconds: number) => void
}

/** How many messages a call makes: an album counts each of its pictures. */
function weightOf(method: string, fields: Fields): number {
  if (!COUNTED.test(method)) return 0
  return method === 'sendMediaGroup' && Array.isArray(fields.media) ? fields.media.filter(isObject).length : 1
}

/** The scopes a wait may be named for, from wide to narrow. */
export function scopesOf(bot: BotState, place: Place | undefined, method: string): Record<string, string> {
  const { id } = bot.user
  return {
    bot: `${id}`,
    method: `${id}/${method}`,
    ...(place === undefined ? {} : { chat: `${id}/${place.chat.id}` }),
  }
}

/** Keeps the windows, if `on`, and in any case every wait that was named. */
export function startLimits(world: World, on: boolean): Limits {
  const sent = new Map<string, number[]>()
  const until = new Map<string, number>()

  const ban: Limits['ban'] = (scope, seconds) => {
    until.set(scope, world.now() + seconds * 1000)
  }

  const secondsUntil = (time: number) => Math.max(1, Math.ceil((time - world.now()) / 1000))

  // Reading updates, answering buttons and asking about files are not sending: only a wait of their own holds them.
  const obey: Limits['obey'] = (bot, place, call) => {
    const { method = '', ...wider } = scopesOf(bot, place, call.method)
    const scopes = weightOf(call.method, call.fields) === 0 ? [method] : [method, ...Object.values(wider)]
    const ends = Math.max(...scopes.map(scope => until.get(scope) ?? 0))
    if (ends <= world.now()) return
    world.tooEarly.push(call)
    throw tooMany(secondsUntil(ends))
  }

  const fill = (scope: string, weight: number, window: { most: number; ms: number }, call: Call) => {
    const recent = (sent.get(scope) ?? []).filter(at => at > world.now() - window.ms)
    sent.set(scope, recent)
    // An album larger than the window itself may go when the window is empty, or it never could.
    if (recent.length + Math.min(weight, window.most) <= window.most) return
    const free = (recent[recent.length + weight - window.most - 1] ?? recent.at(-1) ?? 0) + window.ms
    const seconds = secondsUntil(free)
    ban(scope, seconds)
    world.overLimit.push(call)
    throw tooMany(seconds)
  }

  const take: Limits['take'] = (bot, place, call) => {
    const weight = weightOf(call.method, call.fields)
    if (!on || weight === 0) return
    const { bot: whole = '', chat } = scopesOf(bot, place, call.method)
    if (chat !== undefined)
      fill(chat, weight, place?.chat.type === 'private' ? WINDOWS.private : WINDOWS.group, call)
    fill(whole, weight, WINDOWS.bot, call)
    for (const scope of [whole, ...(chat === undefined ? [] : [chat])])
      sent.set(scope, [...(sent.get(scope) ?? []), ...Array<number>(weight).fill(world.now())])
  }

  return { obey, take, ban }
}
