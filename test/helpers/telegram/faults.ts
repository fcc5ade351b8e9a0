import { type Limits, scopesOf } from './limits.ts'
import { Refusal, tooMany } from './refusal.ts'
import type { BotState, Place, World } from './world.ts'

/**
 * What goes wrong. `before`: the call has no effect. `after`: it has, and only the answer is lost.
 * - `reset`: the connection is torn down
 * - `hang`: no answer, for as long as the caller waits
 * - `cut`: the answer ends in the middle of its body (always after)
 * - `error`: any error answer, with the effect left out
 * - `garbage`: an answer that is not the Bot API's, as proxies give
 * - `flood`: 429 with a wait in whole seconds, or one by chance between two; for the chat, the whole bot or this method
 * - `slow`: the answer comes so many milliseconds later
 */
export type Harm =
  | { reset: 'before' | 'after' }
  | { hang: 'before' | 'after' }
  | { cut: true }
  | { error: number; description: string; parameters?: Refusal['parameters'] }
  | { garbage: number }
  | { flood: number | [least: number, most: number]; of?: 'chat' | 'bot' | 'method' }
  | { slow: number }

/** When it goes wrong: for which calls, how many times (without: always), with what chance (without: surely). */
export type Fault = {
  method?: string | RegExp
  chat?: number
  bot?: string
  times?: number
  chance?: number
  harm: Harm
}

function fits(fault: Fault, bot: BotState, method: string, chat: unknown): boolean {
  if (fault.times === 0) return false
  if (fault.bot !== undefined && fault.bot !== bot.user.username) return false
  if (fault.chat !== undefined && fault.chat !== Number(chat)) return false
  if (fault.method === undefined) return true
  return typeof fault.method === 'string' ? fault.method === method : fault.method.test(method)
}

/** The harm for this call, if any; counts it down. */
export function harmFor(world: World, bot: BotState, method: string, chat: unknown): Harm | undefined {
  const fault = world.faults.find(
    one => fits(one, bot, method, chat) && (one.chance === undefined || world.random() < one.chance),
  )
  if (fault?.times !== undefined) fault.times -= 1
  return fault?.harm
}

/** Throws what a harm answers in place of Telegram, if it is of that kind. */
export function harmAnswer(
  world: World,
  limits: Limits,
  harm: Harm,
  call: { bot: BotState; place: Place | undefined; method: string },
): void {
  if ('error' in harm)
    throw new Refusal(harm.error, harm.description, { breach: false, parameters: harm.parameters })
  if (!('flood' in harm)) return
  const { flood } = harm
  const [least, most] = typeof flood === 'number' ? [flood, flood] : flood
  const seconds = least + Math.floor(world.random() * (most - least + 1))
  const scopes = scopesOf(call.bot, call.place, call.method)
  const scope = scopes[harm.of ?? 'chat'] ?? scopes.method ?? ''
  limits.ban(scope, seconds)
  throw tooMany(seconds)
}
