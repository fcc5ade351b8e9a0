import { markUp } from '../../../src/channels/telegram/markup.ts'
import { startFakeTelegram } from '../../helpers/telegram/fake.ts'
import type { Update } from '../../helpers/telegram/shapes.ts'
import { freePort } from './free-port.ts'
import type { Member, Outside } from './outside.ts'
import { redeliverer } from './telegram-repeats.ts'
import { optionsOf, speak } from './telegram-speech.ts'
import type { TelegramOrders } from './wire.ts'

const SECRET = 'Rahasia-Webhook-0123456789_abcdef'
/** Accounts and presses never repeat, in whichever Telegram they are. */
let accounts = 5_000_000_000
let ids = 0

/** Calls the Bot API would not have taken, and such as came before the time a 429 had named, over all Telegrams so far. */
export const telegramFaults = { violations: 0, tooEarly: 0 }

/** A Telegram of one's own that is asked, or that posts. */
export async function telegramOutside(by: 'poll' | 'webhook', isControl: boolean): Promise<Outside> {
  const telegram = await startFakeTelegram({ secondMs: 100 })
  const { bot } = telegram
  telegram.world.nextId = () => {
    ids += 1
    return ids
  }
  const common = { apiRoot: telegram.url, token: bot.token }
  const orders: TelegramOrders =
    by === 'poll' ? { ...common, by } : { ...common, by, secret: SECRET, port: await freePort() }
  const updates = new Map<string, Update>()
  const repeats = redeliverer(orders)

  function join(called: string): Member {
    accounts += 1
    const person = telegram.user(called.slice(0, 64), { id: accounts })
    const { messages } = person.place
    let read = 0
    return {
      address: String(accounts),
      speak(said) {
        speak(person, said)
        const update = bot.state.pending.at(-1)?.update
        if (update === undefined) throw new Error('Telegram has no update of what was said.')
        updates.set(String(update.update_id), update)
        return String(update.update_id)
      },
      news() {
        if (messages.size === read) return []
        const fresh = [...messages.values()].slice(read).filter(({ from }) => from?.is_bot === true)
        read = messages.size
        return fresh.map(message => ({
          id: String(message.message_id),
          text: message.text ?? '',
          options: optionsOf(message),
        }))
      },
    }
  }

  return {
    channel: 'telegram',
    orders: { telegram: orders },
    join,
    shows: text => markUp(text).text,
    waiting: () => new Set(bot.state.pending.map(({ update }) => String(update.update_id))),
    repeat(name, ms) {
      const update = updates.get(name)
      if (update !== undefined) repeats.later(update, ms)
    },
    isIdle: repeats.isIdle,
    opened: () => undefined,
    disturb(share, slowestMs) {
      const way = { method: 'sendMessage', chance: share / 2 }
      telegram.breaks({ ...way, harm: { flood: 1 } })
      telegram.breaks({ ...way, harm: { error: 500, description: 'Internal Server Error' } })
      telegram.breaks({ method: 'sendMessage', chance: 0.5, harm: { slow: slowestMs / 2 } })
    },
    watch: listener => telegram.watch(listener),
    close() {
      repeats.close()
      telegramFaults.violations += telegram.violations.length
      // A wrong design may be as impatient as it likes.
      if (!isControl) telegramFaults.tooEarly += telegram.tooEarly.length
      for (const one of telegram.violations) process.stderr.write(`${JSON.stringify(one)}\n`)
      void telegram.close()
      return telegram.callsOf('sendMessage').filter(({ answer }) => answer !== 200).length
    },
  }
}
