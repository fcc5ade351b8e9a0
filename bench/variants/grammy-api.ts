/** Telegram's API as the grammY variants meet it, without a network. */
import type { Transformer } from 'grammy'
import type { Button } from '../telegram.ts'
import type { Surroundings } from './variant.ts'

export const TOKEN = '1:bench'
export const BOT_INFO = {
  id: 1,
  is_bot: true as const,
  first_name: 'Bench',
  username: 'bench_bot',
  can_join_groups: false,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
}

export type SendPayload = { reply_markup?: { inline_keyboard: Button[][] } }
type Payload = SendPayload & { chat_id?: number; text?: string }
type Sink = Pick<Surroundings, 'send' | 'answerCallback'>

/** Stops every call above the HTTP client. Only the two methods the bench uses are answered. */
export function transformInto(sink: Sink): Transformer {
  const answer = async (_previous: unknown, method: string, payload: Payload) => ({
    ok: true,
    result: call(sink, method, payload),
  })
  return answer as unknown as Transformer
}

/** Answers in place of `fetch`, from the body the client has written. */
export function fetchInto(sink: Sink) {
  return async (url: string | URL, init: { body: string }) => {
    const method = String(url).slice(String(url).lastIndexOf('/') + 1)
    const result = call(sink, method, JSON.parse(init.body))
    return { ok: true, json: async () => ({ ok: true, result }) }
  }
}

/** One call of the Bot API, answered as Telegram answers: a replay log keeps these answers. */
export function call(sink: Sink, method: string, payload: Payload): unknown {
  if (method === 'answerCallbackQuery') {
    sink.answerCallback()
    return true
  }
  if (method !== 'sendMessage') throw new Error(`the bench has no ${method}`)
  const chat = Number(payload.chat_id)
  sink.send(chat, payload.text ?? '', payload.reply_markup?.inline_keyboard.flat())
  const from = { id: 1, is_bot: true, first_name: 'Bench', username: 'bench_bot' }
  const message = {
    message_id: 1,
    from,
    chat: { id: chat, first_name: 'Warga', type: 'private' },
    date: 1_763_000_000,
  }
  return {
    ...message,
    text: payload.text,
    ...(payload.reply_markup && { reply_markup: payload.reply_markup }),
  }
}
