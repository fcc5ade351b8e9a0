import type { Client } from './client.ts'
import type { TelegramOptions } from './ports.ts'

/** Telegram shows the sign for five seconds. */
const TYPING_MS = 4_000
const REMEMBERED = 10_000

/** Calls that nothing depends on: made at once, waited for by nobody, counted when they fail. */
export type SideCalls = {
  /** Stops the little clock on a button; before anything that could take long. */
  answerPress(client: Client, query: string): void
  /** Shows a citizen that we heard, at most every four seconds. */
  showTyping(client: Client, chat: string): void
  /** Resolves when none is under way. */
  ended(): Promise<void>
}

export function createSideCalls({ counters }: Pick<TelegramOptions, 'counters'>): SideCalls {
  const shownAt = new Map<string, number>()
  const open = new Set<Promise<void>>()

  function begin(call: Promise<unknown>): void {
    const over = call
      .then(
        () => undefined,
        () => counters.add('telegram_side_calls_failed_total'),
      )
      .finally(() => open.delete(over))
    open.add(over)
  }

  return {
    answerPress: (client, query) => begin(client.ask(api => api.answerCallbackQuery(query))),
    showTyping(client, chat) {
      const key = `${client.office} ${chat}`
      const moment = performance.now()
      if (moment - (shownAt.get(key) ?? Number.NEGATIVE_INFINITY) < TYPING_MS) return
      if (shownAt.size >= REMEMBERED) shownAt.clear()
      shownAt.set(key, moment)
      begin(client.ask(api => api.sendChatAction(Number(chat), 'typing')))
    },
    async ended() {
      await Promise.all(open)
    },
  }
}
