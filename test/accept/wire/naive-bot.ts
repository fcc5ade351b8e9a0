import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Bot, webhookCallback } from 'grammy'
import pg from 'pg'
import { connectionOf, type DatabaseAddress } from '../../../src/records/address.ts'

/**
 * The bot one would write first: grammY's own polling, or its own webhook, and a handler that stores what was said and lets no error
 * end the bot (M9).
 */
export async function openNaiveBot(
  by: 'poll' | 'webhook',
  { token, apiRoot, database }: { token: string; apiRoot: string; database: DatabaseAddress },
) {
  const pool = new pg.Pool({
    ...connectionOf(database),
    max: 4,
    connectionTimeoutMillis: 1500,
    query_timeout: 3000,
  })
  const calm = () => undefined
  pool.on('error', calm)
  pool.on('connect', client => client.on('error', calm))
  await pool.query('create table naive_said (id text primary key)')
  const bot = new Bot(token, { client: { apiRoot } })
  bot.catch(calm)
  bot.on('message:text', context =>
    pool
      .query('insert into naive_said values ($1) on conflict do nothing', [context.message.text])
      .catch(calm),
  )
  const server = by === 'poll' ? undefined : await listen(bot)
  if (server === undefined) void bot.start()
  return {
    async stored(): Promise<Set<string>> {
      const { rows } = await pool.query<{ id: string }>('select id from naive_said')
      return new Set(rows.map(({ id }) => id))
    },
    async close(): Promise<void> {
      if (server === undefined) await bot.stop()
      server?.closeAllConnections()
      server?.close()
      await pool.end()
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
