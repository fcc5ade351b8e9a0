import { type Check, runEach, size } from './check.ts'
import { floodPlatform } from './flood/platform.ts'
import { floodWeb } from './flood/web.ts'
import { wayOf } from './harness/ways.ts'

/**
 * Guarantee T5: one chat, one client address, and `--chats` chats of one office each flood the house for `--seconds`, over each of
 * `--channel web,telegram,whatsapp-cloud,whatsapp`. Others' answers stay timely, as a ratio to the same run without a flood; an office
 * that is not flooded hardly notices; nothing that was acknowledged is lost, and the report that stood open in the flooding chat
 * still does. The controls take one message after another over all chats, and drop one message of the flood.
 */
export const check: Check = {
  async run(flags) {
    const seconds = size(flags, 'seconds', 20)
    const chats = size(flags, 'chats', 200)
    const platform = (channel: string, people: number) => () =>
      floodPlatform(wayOf({ channel }, 'webhook'), { seconds, people })
    const channels = {
      web: () => floodWeb(seconds, chats),
      telegram: platform('telegram', 20),
      'whatsapp-cloud': platform('whatsapp-cloud', 20),
      // A linked number says five messages a second, to whomever.
      whatsapp: platform('whatsapp', 3),
    }
    return runEach(channels, (flags.channel ?? Object.keys(channels).join()).split(','), 'channel')
  },
}
