import type { IncomingMessage } from 'node:http'
import { botApi } from './bot-api.ts'
import { checkCall, type Sent } from './check-call.ts'
import { type Harm, harmAnswer, harmFor } from './faults.ts'
import { placeNamed } from './find-place.ts'
import type { Limits } from './limits.ts'
import { aboutBots } from './methods/about.ts'
import type { Method } from './methods/ask.ts'
import { aboutChats } from './methods/chats.ts'
import { editing } from './methods/edit.ts'
import { sending } from './methods/send.ts'
import { readCall } from './read-call.ts'
import { breach, Refusal, refusal } from './refusal.ts'
import type { BotState, Call, World } from './world.ts'

export const methods: Record<string, Method> = { ...aboutBots, ...sending, ...editing, ...aboutChats }

export type Answer = { code: number; body: string; harm: Harm | undefined }

function findBot(world: World, token: string): BotState {
  if (!/^\d+:[\w-]+$/.test(token)) throw refusal(404, 'Not Found')
  const bot = world.bots.find(one => one.token === token)
  if (bot === undefined || bot.revoked) throw refusal(401, 'Unauthorized')
  return bot
}

function note(world: World, call: Call, problem: string): void {
  world.violations.push({ at: call.at, bot: call.bot, method: call.method, problem })
}

/** Carries the call out, or throws what Telegram answers instead. `befalls` is told of a fault that strikes it. */
async function carryOut(
  { world, limits }: { world: World; limits: Limits },
  bot: BotState,
  call: Call,
  sent: Sent,
  befalls: (harm: Harm) => void,
  gone: AbortSignal,
): Promise<unknown> {
  const method = methods[call.method]
  if (!botApi.methods.has(call.method) || method === undefined)
    throw new Refusal(404, 'Not Found: method not found', { breach: true })
  const { fields, problems } = checkCall(call.method, sent)
  call.fields = fields
  for (const problem of problems.slice(1)) note(world, call, problem)
  if (problems[0] !== undefined) throw breach(problems[0])
  const place = placeNamed(world, bot, fields.chat_id)
  const harm = harmFor(world, bot, call.method, fields.chat_id)
  if (harm !== undefined) {
    befalls(harm)
    if (stopsBefore(harm)) return undefined
  }
  limits.obey(bot, place, call)
  if (harm !== undefined) harmAnswer(world, limits, harm, { bot, place, method: call.method })
  limits.take(bot, place, call)
  return await method({ world, bot, fields, uploads: sent.uploads, gone })
}

/** Whether the call never reaches Telegram at all. */
function stopsBefore(harm: Harm): boolean {
  return (
    ('reset' in harm && harm.reset === 'before') ||
    ('hang' in harm && harm.hang === 'before') ||
    'garbage' in harm
  )
}

/** Answers one call, and writes it down. */
export async function answerCall(
  fake: { world: World; limits: Limits },
  request: IncomingMessage,
  address: URL,
  gone: AbortSignal,
): Promise<Answer> {
  const { world } = fake
  const [, token = '', name = ''] = /^\/bot([^/]*)\/([^/]*)$/.exec(address.pathname) ?? []
  const named = world.bots.find(one => one.token === token)?.user.username ?? ''
  const call: Call = { at: world.now(), bot: named, method: name, fields: {}, answer: 200 }
  world.calls.push(call)
  let harm: Harm | undefined
  try {
    const bot = findBot(world, token)
    const sent = await readCall(request, address)
    call.fields = sent.fields
    const befalls = (found: Harm) => {
      harm = found
      call.answer = Object.entries(found).slice(0, 1).flat().join(' ')
    }
    const result = await carryOut(fake, bot, call, sent, befalls, gone)
    return { code: 200, body: JSON.stringify({ ok: true, result }), harm }
  } catch (error) {
    const no =
      error instanceof Refusal ? error : new Refusal(500, `Internal Server Error: ${error}`, { breach: true })
    if (no.breach) note(world, call, no.message)
    call.answer = no.code
    call.description = no.message
    const parameters = no.parameters === undefined ? {} : { parameters: no.parameters }
    const body = { ok: false, error_code: no.code, description: no.message, ...parameters }
    return { code: no.code, body: JSON.stringify(body), harm }
  }
}
