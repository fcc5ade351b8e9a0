import { pause } from '../back-off.ts'
import { isPassing, meaningOf } from './answers.ts'
import type { Client } from './client.ts'
import { menuIn } from './menu.ts'
import type { TelegramOptions, Times } from './ports.ts'
import { createTrouble } from './trouble.ts'
import { WANTED } from './update-shape.ts'

/** Calls of one bot Telegram makes of us at the same time. */
const CONNECTIONS = 40

type Parts = Pick<TelegramOptions, 'publicUrl' | 'log'> & {
  client: Client
  times: Times
  chance: () => number
  signal: AbortSignal
}

/** Tells Telegram where updates go. Never rejects; takes as long as it takes, so nothing may wait for it but the asking. */
export function directUpdates(parts: Parts): Promise<void> {
  return persist(parts, direct)
}

/** Asks for the bot's name and puts up its menu, likewise. */
export async function introduce(parts: Parts): Promise<void> {
  await persist(parts, name)
  await persist(parts, menu)
}

/** Until it is done; what Telegram will never take is told of and left. */
async function persist(parts: Parts, step: (parts: Parts) => Promise<void>): Promise<void> {
  const { client, log, times, chance, signal } = parts
  const { office } = client
  const trouble = createTrouble({ office, log, times, chance })
  while (!signal.aborted) {
    try {
      await step(parts)
      return trouble.over()
    } catch (error) {
      const meaning = meaningOf(error)
      if (meaning !== undefined && !isPassing(meaning)) {
        log.error('Telegram refuses what a bot is set up with', { office, step: step.name, kind: meaning })
        return
      }
      await pause(trouble.met(error), signal)
    }
  }
}

async function direct({ client, publicUrl, log }: Parts): Promise<void> {
  const { account, office } = client
  if (account.by === 'poll') {
    await client.ask(api => api.deleteWebhook())
    return
  }
  if (publicUrl === undefined) {
    log.warn('no PUBLIC_URL, so Telegram is not told where to call an office: set its webhook by hand', {
      office,
    })
    return
  }
  await client.ask(api =>
    api.setWebhook(`${publicUrl}/telegram/${office}`, {
      secret_token: account.secret,
      max_connections: CONNECTIONS,
      allowed_updates: WANTED,
    }),
  )
}

async function name({ client }: Parts): Promise<void> {
  const { username } = await client.ask(api => api.getMe())
  client.username = username
}

async function menu({ client }: Parts): Promise<void> {
  const scope = { type: 'all_private_chats' } as const
  await client.ask(api => api.setMyCommands(menuIn('id'), { scope }))
  await client.ask(api => api.setMyCommands(menuIn('en'), { scope, language_code: 'en' }))
}
