import { type Check, runEach, size } from './check.ts'
import { floodPlatform, type Size } from './flood/platform.ts'
import { floodWeb } from './flood/web.ts'
import { wayOf } from './harness/ways.ts'

/**
 * Guarantee T5: one chat, one client address, and many chats of one office (`--chats` on the web) each flood the house for `--seconds`,
 * over each of `--channel web,telegram,whatsapp-cloud,whatsapp`. Others are answered within a second, 95 of 100; nothing that was
 * acknowledged is lost, who floods is told once a minute, and the report that stood open in the flooding chat still does.
 * The controls answer whatever comes in its order; and one drops a message of the flood.
 */
export const check: Check = {
  async run(flags) {
    const seconds = size(flags, 'seconds', 20)
    const chats = size(flags, 'chats', 200)
    const platform = (channel: string, how: Omit<Size, 'seconds'>) => () =>
      floodPlatform(() => wayOf({ channel }, 'webhook'), { seconds, ...how })
    // Of many chats so many that one answer a second for each is more than their bot may say: 28 a second, 50, and five.
    const channels = {
      web: () => floodWeb(seconds, chats),
      telegram: platform('telegram', { people: 20, chats: 30, everyMs: 10, perSecond: 28 }),
      'whatsapp-cloud': platform('whatsapp-cloud', { people: 20, chats: 70, everyMs: 5, perSecond: 50 }),
      // A linked number is one stream, read message by message: who sends a hundred a second stands before everybody in it.
      whatsapp: platform('whatsapp', { people: 3, chats: 8, everyMs: 50, perSecond: 5 }),
    }
    return runEach(channels, (flags.channel ?? Object.keys(channels).join()).split(','), 'channel')
  },
}
