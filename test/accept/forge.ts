import { type Check, runEach, size } from './check.ts'
import { forgeTelegram } from './forge/telegram.ts'
import { forgeCloud } from './forge/whatsapp-cloud.ts'

/**
 * Guarantees T1, T2 and R5: `--n` forged calls of a webhook are refused and leave no row, the platform's own are all taken, and
 * without a secret there is no webhook; for each of `--channel telegram,whatsapp-cloud`. The controls read first, compare loosely
 * or sign what they have parsed.
 */
export const check: Check = {
  async run(flags) {
    const count = size(flags, 'n', 10_000)
    const channels = {
      telegram: () => forgeTelegram(count),
      'whatsapp-cloud': () => forgeCloud(count),
    }
    return runEach(channels, (flags.channel ?? Object.keys(channels).join()).split(','), 'channel')
  },
}
