import { setTimeout as pause } from 'node:timers/promises'
import type { TelegramHouse } from './telegram-house.ts'

/** Milliseconds between an answer and the next thing a citizen writes. */
const THINKS_MS = [1500, 3500] as const
/** Words that are answered with one message each, at any time. */
const WORDS = ['menu', 'privasi', 'bantuan', 'terima kasih']
const PATIENCE_MS = 120_000

export type Talked = {
  /** Milliseconds from what was written to its answer, as the citizen sees it. */
  whole: number[]
  /** The same without the time Telegram itself named for that very chat. */
  own: number[]
  unanswered: number
}

/**
 * Citizens who write, wait for the answer, think, and write again, until `over`. What one waits for is counted from the moment the
 * bot could have asked for it.
 */
export async function talk(
  house: Pick<TelegramHouse, 'telegram'>,
  citizens: number,
  over: () => boolean,
): Promise<Talked> {
  const { telegram } = house
  const talked: Talked = { whole: [], own: [], unanswered: 0 }
  const [least, most] = THINKS_MS

  async function citizen(n: number): Promise<void> {
    await pause((n * most) / citizens)
    const person = telegram.user('Warga')
    const answers = () => person.messages().filter(({ from }) => from?.is_bot === true).length
    for (let turn = 0; !over(); turn += 1) {
      const before = answers()
      const [calls, began] = [telegram.calls.length, performance.now()]
      person.says(WORDS[turn % WORDS.length] ?? '')
      const until = began + PATIENCE_MS
      while (answers() === before && performance.now() < until) await pause(10)
      if (answers() === before) {
        talked.unanswered += 1
        return
      }
      const whole = performance.now() - began
      talked.whole.push(whole)
      talked.own.push(Math.max(0, whole - namedFor(house, person.id, calls)))
      await pause(least + ((most - least) * ((n * 7 + turn * 13) % 10)) / 10)
    }
  }

  await Promise.all(Array.from({ length: citizens }, (_, n) => citizen(n)))
  return talked
}

/** Milliseconds Telegram asked us to leave this chat alone, since that call. */
function namedFor({ telegram }: Pick<TelegramHouse, 'telegram'>, chat: number, since: number): number {
  return telegram.calls
    .slice(since)
    .filter(
      ({ answer, method, fields }) => answer === 429 && method === 'sendMessage' && fields.chat_id === chat,
    )
    .reduce(
      (sum, { description = '' }) => sum + Number(/retry after (\d+)/i.exec(description)?.[1] ?? 0) * 1000,
      0,
    )
}

/** The value that `share` of all do not exceed; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0)
}
