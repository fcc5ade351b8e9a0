/** What this channel counts, each with its help sentence; `counted` must list them. */
export const telegramCounts = {
  telegram_updates_ignored_total: 'Updates that are nothing said to us: other chats, service messages, bots.',
  telegram_updates_malformed_total: 'Webhook bodies and updates that nobody could read.',
  telegram_updates_given_up_total: 'Updates left out because taking them failed again and again.',
  telegram_webhooks_refused_total: 'Webhook calls without the right secret.',
  telegram_files_refused_total: 'Files that were not kept: too large, of an unknown type, not to be had.',
  telegram_side_calls_failed_total: 'Typing signs, answers to buttons and notices Telegram did not take.',
} as const

export type TelegramCount = keyof typeof telegramCounts
