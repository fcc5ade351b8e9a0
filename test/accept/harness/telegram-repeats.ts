import { setTimeout as pause } from 'node:timers/promises'
import type { Update } from '../../helpers/telegram/shapes.ts'
import type { TelegramOrders } from './wire.ts'

/** A Telegram that missed our 200: it posts the same update again, until it is answered. */
export function redeliverer(orders: TelegramOrders) {
  const end = new AbortController()
  let open = 0

  async function again(update: Update, ms: number): Promise<void> {
    if (orders.by !== 'webhook') return
    await pause(ms, undefined, { signal: end.signal })
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${orders.port}/telegram/medan`, {
        method: 'POST',
        headers: { 'x-telegram-bot-api-secret-token': orders.secret },
        body: JSON.stringify(update),
        signal: end.signal,
      }).catch(() => undefined)
      await answer?.body?.cancel()
      if (answer?.ok) return
      await pause(20, undefined, { signal: end.signal })
    }
  }

  return {
    later(update: Update, ms: number): void {
      open += 1
      again(update, ms)
        .catch(error => {
          if (!end.signal.aborted) throw error
        })
        .finally(() => {
          open -= 1
        })
    },
    isIdle: () => open === 0,
    close: () => end.abort(),
  }
}
