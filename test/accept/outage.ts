import { type Check, runEach, size } from './check.ts'
import { platformOutage } from './wire/platform-outage.ts'
import { telegramOutdoors } from './wire/telegram-outdoors.ts'
import { webOutage } from './wire/web-outage.ts'
import { cloudOutdoors } from './wire/whatsapp-cloud-outdoors.ts'

/**
 * Guarantees F6, F7, F9, R3: while PostgreSQL is silent and then gone, nothing is acknowledged and nothing confirmed, who calls is
 * sent away in time with Retry-After, and afterwards nothing is lost. `--minutes` in all (a third of it silent), or `--seconds`,
 * for each of `--mode web,webhook,polling,wa,wa-cloud`; in `wa`, a linked number, `--messages` in all. The controls acknowledge before
 * they store, in the same outages.
 */
export const check: Check = {
  async run(flags) {
    const ms =
      flags.seconds === undefined ? size(flags, 'minutes', 5) * 60_000 : size(flags, 'seconds', 20) * 1000
    const modes = {
      web: () => webOutage(ms),
      webhook: async () => platformOutage(await telegramOutdoors('webhook'), ms),
      polling: async () => platformOutage(await telegramOutdoors('poll'), ms),
      // Baileys takes a second to load, for those alone who want it.
      wa: async () =>
        (await import('./wire/linked-outage.ts')).linkedOutage(ms, size(flags, 'messages', 1_000)),
      'wa-cloud': async () => platformOutage(await cloudOutdoors(), ms),
    }
    return runEach(modes, (flags.mode ?? 'web').split(','), 'mode')
  },
}
