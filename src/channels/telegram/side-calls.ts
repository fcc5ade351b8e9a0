import { createAside } from '../aside.ts'
import type { Client } from './client.ts'
import type { TelegramOptions } from './ports.ts'

/** Calls that nothing depends on; see `Aside`. */
export type SideCalls = {
  /** Stops the little clock on a button; before anything that could take long. */
  answerPress(client: Client, query: string): void
  /** Shows a citizen that we heard. */
  showTyping(client: Client, chat: string): void
  /** Resolves when none is under way. */
  ended(): Promise<void>
}

export function createSideCalls({ counters }: Pick<TelegramOptions, 'counters'>): SideCalls {
  const { begin, show, ended } = createAside(() => counters.add('telegram_side_calls_failed_total'))
  return {
    answerPress: (client, query) => begin(client.ask(api => api.answerCallbackQuery(query))),
    showTyping: (client, chat) =>
      show(`${client.office} ${chat}`, () => client.ask(api => api.sendChatAction(Number(chat), 'typing'))),
    ended,
  }
}
