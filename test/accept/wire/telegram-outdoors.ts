import type { Bot } from '../../helpers/telegram/bot.ts'
import { type FakeTelegram, startFakeTelegram } from '../../helpers/telegram/fake.ts'
import { openNaiveBot } from './naive-bot.ts'
import type { Outdoors } from './platform-outage.ts'
import type { Talker } from './talkers.ts'

const SECRET = 'Rahasia-Webhook-0123456789_abcdef'

/** A Telegram that is asked, or that posts. */
export async function telegramOutdoors(by: 'poll' | 'webhook'): Promise<Outdoors> {
  const telegram = await startFakeTelegram({ bots: [{ username: 'balai_bot' }, { username: 'naive_bot' }] })
  const [, second] = telegram.bots
  if (second === undefined) throw new Error('Telegram has no bot for the control.')
  const bots = { ours: telegram.bot, control: second }
  return {
    isCalling: by === 'webhook',
    env: door => ({
      TELEGRAM_API_ROOT: telegram.url,
      TELEGRAM_MEDAN: by,
      TELEGRAM_TOKEN_MEDAN: telegram.bot.token,
      ...(by === 'poll' ? {} : { TELEGRAM_SECRET_MEDAN: SECRET, PUBLIC_URL: door }),
    }),
    people: (whose, count) => telegramPeople(telegram, bots[whose], count),
    waiting: whose => waitingAt(bots[whose]),
    openControl: database => openNaiveBot(by, { token: second.token, apiRoot: telegram.url, database }),
    opened: async () => undefined,
    askedInVain: () =>
      by === 'poll'
        ? telegram.callsOf('getUpdates').length > 0
        : telegram.bot.deliveries.some(({ status }) => status === 503),
    violations: telegram.violations,
    // One chat is answered once a second and heard sixty times a minute.
    talk: { messages: 25, soonestMs: 1_200 },
    close: telegram.close,
  }
}

/** People who write to a bot, in private. */
export function telegramPeople(telegram: FakeTelegram, bot: Bot, count: number): Talker[] {
  return Array.from({ length: count }, (_, n) => {
    const here = telegram.user(`Warga ${n}`).in(bot)
    return {
      says(text) {
        here.says(text)
        return String(bot.state.pending.at(-1)?.update.update_id)
      },
      replies: () => [...here.place.messages.values()].filter(({ from }) => from?.is_bot === true).length,
    }
  })
}

export function waitingAt(bot: Bot): ReadonlySet<string> {
  return new Set(bot.state.pending.map(({ update }) => String(update.update_id)))
}
