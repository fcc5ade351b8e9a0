import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Bot, webhookCallback } from 'grammy'
import type { DatabaseAddress } from '../../../src/records/address.ts'
import { openNaiveStore } from './naive-store.ts'

/**
 * The bot one would write first: grammY's own polling, or its own webhook, and a handler that stores what was said and lets no error
 * end the bot (M9).
 */
export async function openNaiveBot(
  by: 'poll' | 'webhook',
  { token, apiRoot, database }: { token: string; apiRoot: string; database: DatabaseAddress },
) {
  const store = await openNaiveStore(database)
  const bot = new Bot(token, { client: { apiRoot } })
  bot.catch(() => undefined)
  bot.on('message:text', context => store.keep(context.message.text))
  const server = by === 'poll' ? undefined : await listen(bot)
  if (server === undefined) void bot.start()
  return {
    stored: store.stored,
    async close(): Promise<void> {
      if (server === undefined) await bot.stop()
      server?.closeAllConnections()
      server?.close()
      await store.close()
    },
  }
}

async function listen(bot: Bot): Promise<Server> {
  const handle = webhookCallback(bot, 'http')
  const server = createServer((request, response) => void handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  await bot.init()
  await bot.api.setWebhook(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  return server
}
