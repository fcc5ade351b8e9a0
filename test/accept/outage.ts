import { type Check, progress, size, type Verdict } from './check.ts'
import { telegramOutage } from './wire/telegram-outage.ts'
import { webOutage } from './wire/web-outage.ts'

const modes: Record<string, (ms: number) => Promise<Verdict>> = {
  web: webOutage,
  webhook: ms => telegramOutage('webhook', ms),
  polling: ms => telegramOutage('poll', ms),
}

/**
 * Guarantees F6, F7, F9, R3: while PostgreSQL is silent and then gone, nothing is acknowledged and nothing confirmed, who calls is
 * sent away in time with Retry-After, and afterwards nothing is lost. `--minutes` in all (a third of it silent), or `--seconds`,
 * for each of `--mode web,webhook,polling`. The controls acknowledge before they store, in the same outages.
 */
export const check: Check = {
  async run(flags) {
    const ms =
      flags.seconds === undefined ? size(flags, 'minutes', 5) * 60_000 : size(flags, 'seconds', 20) * 1000
    const asked = (flags.mode ?? 'web').split(',')
    const unknown = asked.filter(mode => !Object.hasOwn(modes, mode))
    if (unknown.length > 0) throw new Error(`--mode is any of ${Object.keys(modes).join()}, not ${unknown}.`)
    const all: Verdict = { totals: {}, ok: true }
    for (const mode of asked) {
      progress(`by ${mode}`)
      const verdict = await modes[mode]?.(ms)
      all.ok &&= verdict?.ok === true
      for (const [name, value] of Object.entries(verdict?.totals ?? {}))
        all.totals[asked.length === 1 ? name : `${mode}.${name}`] = value
    }
    return all
  },
}
