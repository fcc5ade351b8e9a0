import { setTimeout as pause } from 'node:timers/promises'

/** What grammY's throttler allows by default: so many, refilled every second; and one after another in one chat. */
const RESERVOIR = 30
const REFILL_MS = 1_000

/**
 * The usual way to send to many: a bucket that is refilled each second, and an automatic retry that waits as long as a 429 says. Written
 * after the defaults of @grammyjs/transformer-throttler 1.2.1 and @grammyjs/auto-retry 2.0.2.
 */
export async function sendThrottled(
  url: string,
  token: string,
  chats: readonly number[],
  textOf: (chat: number) => string,
): Promise<void> {
  let left = RESERVOIR
  const refill = setInterval(() => {
    left = RESERVOIR
  }, REFILL_MS)
  const sending: Promise<void>[] = []
  for (const chat of chats) {
    while (left === 0) await pause(1)
    left -= 1
    sending.push(send(chat))
  }
  await Promise.all(sending)
  clearInterval(refill)

  async function send(chat: number): Promise<void> {
    for (;;) {
      const response = await fetch(`${url}/bot${token}/sendMessage`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ chat_id: chat, text: textOf(chat) }),
      })
      const answer = (await response.json()) as { ok: boolean; parameters?: { retry_after?: number } }
      if (answer.ok) return
      await pause((answer.parameters?.retry_after ?? 1) * 1000)
    }
  }
}
