import type { Bot } from '../../helpers/telegram/bot.ts'
import type { FakeTelegram } from '../../helpers/telegram/fake.ts'

/** Citizens of a bot who say something every so often, whatever becomes of it. */
export function startTalkers(telegram: FakeTelegram, bot: Bot, count: number, everyMs: number) {
  const talkers = Array.from({ length: count }, (_, n) => {
    const person = telegram.user(`Warga ${n}`)
    return { here: person.in(bot), texts: [] as string[] }
  })
  const timers = new Set<NodeJS.Timeout>()
  const say = ({ here, texts }: (typeof talkers)[number], n: number) => {
    const text = `menu ${n} ${texts.length + 1}`
    texts.push(text)
    here.says(text)
  }
  // Not in step: otherwise all of them would always be one batch.
  for (const [n, talker] of talkers.entries()) {
    const first = setTimeout(
      () => {
        say(talker, n)
        timers.add(setInterval(() => say(talker, n), everyMs))
      },
      (n * Math.min(everyMs, 2_000)) / count,
    )
    timers.add(first)
  }
  const said = () => talkers.reduce((sum, { texts }) => sum + texts.length, 0)
  /** By how much the replies of each differ from what they said. */
  const differences = () =>
    talkers.map(({ here, texts }) => {
      const replies = [...here.place.messages.values()].filter(({ from }) => from?.is_bot === true)
      return replies.length - texts.length
    })
  return {
    said,
    texts: () => talkers.flatMap(({ texts }) => texts),
    /** Updates Telegram has been told to forget. */
    confirmed: () => said() - bot.pending.length,
    unanswered: () => differences().reduce((sum, more) => sum + Math.max(0, -more), 0),
    answeredTwice: () => differences().reduce((sum, more) => sum + Math.max(0, more), 0),
    areAnswered: () => differences().every(more => more >= 0),
    stop(): void {
      for (const timer of timers) clearInterval(timer)
    },
  }
}
