import type { FakeTelegram } from './fake.ts'
import type { Fields } from './shapes.ts'

export type Reply = {
  ok: boolean
  error_code?: number
  description?: string
  parameters?: { retry_after?: number; migrate_to_chat_id?: number }
  result?: unknown
}

/** A bot without any library, for the tests of the fake itself: sends one call as JSON, gives Telegram's answer. */
export async function ask(
  telegram: FakeTelegram,
  method: string,
  fields: Fields = {},
  token = telegram.bot.token,
): Promise<Reply> {
  const response = await fetch(`${telegram.url}/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  })
  const reply: Reply = JSON.parse(await response.text())
  if (response.status !== (reply.ok ? 200 : reply.error_code))
    throw new Error(`${method}: status ${response.status} with ${JSON.stringify(reply)}`)
  return reply
}

/** The result of a call that must succeed. */
export async function get<T>(telegram: FakeTelegram, method: string, fields: Fields = {}): Promise<T> {
  const reply = await ask(telegram, method, fields)
  if (!reply.ok) throw new Error(`${method}: ${reply.description}`)
  return reply.result as T
}
