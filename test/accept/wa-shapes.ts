import { type Check, runEach, size } from './check.ts'
import { shapesOnCloud } from './shapes/whatsapp-cloud.ts'

/**
 * Guarantee T4: `--n` shapes of events that WhatsApp could bring and that are nothing said to us have no effect at all, on each of
 * `--channel`. The control reads without looking.
 */
export const check: Check = {
  async run(flags) {
    const count = size(flags, 'n', 500)
    const channels = {
      // Baileys takes a second to load, for those alone who want it.
      whatsapp: async () => (await import('./shapes/whatsapp.ts')).shapesOnLinked(count),
      'whatsapp-cloud': () => shapesOnCloud(count),
    }
    return runEach(channels, (flags.channel ?? Object.keys(channels).join()).split(','), 'channel')
  },
}
