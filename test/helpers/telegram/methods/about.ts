import { getFile } from '../files.ts'
import { breach, refusal } from '../refusal.ts'
import { type Fields, isObject } from '../shapes.ts'
import { getUpdates } from '../updates.ts'
import { setWebhook } from '../webhook.ts'
import type { Command } from '../world.ts'
import type { Method } from './ask.ts'

/** Seconds in which a pressed button must be answered; Telegram names no number, apps give up at about this. */
const QUERY_SECONDS = 15

/** Commands are kept per scope and language: a key of both. */
function scopeOf({ scope, language_code = '' }: Fields): string {
  const { type = 'default', chat_id = '', user_id = '' } = isObject(scope) ? scope : {}
  if (!/^([a-z]{2})?$/.test(String(language_code))) throw breach('wrong language_code')
  return [type, chat_id, user_id, language_code].join('/')
}

const setMyCommands: Method = ({ bot, fields }) => {
  const commands: Command[] = (Array.isArray(fields.commands) ? fields.commands : [])
    .filter(isObject)
    .map(one => ({ command: String(one.command), description: String(one.description) }))
  if (commands.length > 100) throw breach('BOT_COMMANDS_TOO_MUCH')
  for (const { command, description } of commands) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw breach(`BOT_COMMAND_INVALID: "${command}"`)
    if (description.length < 1 || description.length > 256)
      throw breach(`BOT_COMMAND_DESCRIPTION_INVALID: of /${command}`)
  }
  bot.commands.set(scopeOf(fields), commands)
  return true
}

function setName(kind: 'name' | 'description' | 'short_description', most: number): Method {
  return ({ bot, fields }) => {
    const words = String(fields[kind] ?? '')
    if (words.length > most) throw breach(`bot ${kind} is too long`)
    bot.names.set(`${kind}/${fields.language_code ?? ''}`, words)
    return true
  }
}

const answerCallbackQuery: Method = ({ world, bot, fields }) => {
  const query = bot.queries.get(String(fields.callback_query_id))
  if (String(fields.text ?? '').length > 200)
    throw breach('MESSAGE_TOO_LONG: an answer to a button has 200 characters')
  const isOld = query === undefined || world.now() - query.at > QUERY_SECONDS * 1000
  if (isOld || query.answered !== undefined)
    throw refusal(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid')
  query.answered = fields
  world.onChange()
  return true
}

const getMe: Method = ({ bot }) => ({
  ...bot.user,
  can_join_groups: true,
  can_read_all_group_messages: bot.readsAll,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
})

const getWebhookInfo: Method = ({ bot }) => ({
  url: bot.webhook?.url ?? '',
  has_custom_certificate: false,
  pending_update_count: bot.pending.length,
  ...(bot.webhook === undefined ? {} : { max_connections: bot.webhook.maxConnections }),
  ...(bot.webhook?.lastError === undefined
    ? {}
    : { last_error_date: bot.webhook.lastError.at, last_error_message: bot.webhook.lastError.message }),
  allowed_updates: [...bot.allowed],
})

export const aboutBots: Record<string, Method> = {
  getMe,
  getUpdates: ({ world, bot, fields, gone }) => {
    const limit = Number(fields.limit ?? 100)
    if (limit < 1 || limit > 100) throw breach('limit must be 1 to 100')
    return getUpdates(world, bot, fields, gone)
  },
  setWebhook: ({ bot, fields }) => {
    setWebhook(bot, fields)
    return true
  },
  deleteWebhook: ({ bot, fields }) => {
    bot.webhook = undefined
    if (fields.drop_pending_updates === true) bot.pending = []
    return true
  },
  getWebhookInfo,
  getFile: ({ world, fields }) => getFile(world, fields.file_id),
  answerCallbackQuery,
  setMyCommands,
  getMyCommands: ({ bot, fields }) => bot.commands.get(scopeOf(fields)) ?? [],
  deleteMyCommands: ({ bot, fields }) => {
    bot.commands.delete(scopeOf(fields))
    return true
  },
  setMyName: setName('name', 64),
  setMyDescription: setName('description', 512),
  setMyShortDescription: setName('short_description', 120),
  logOut: ({ bot }) => {
    bot.revoked = true
    return true
  },
  close: ({ bot }) => {
    if (bot.webhook !== undefined) throw refusal(400, 'Bad Request: delete the webhook first')
    return true
  },
}
