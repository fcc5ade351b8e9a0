import type { Shown } from './actions/action.ts'
import type { Channel, ChannelName } from './channels/channel.ts'
import { renderMessage } from './channels/choices.ts'

/** Each channel as it shows what is said, by its own translation. */
export function shownBy(channels: ReadonlyMap<ChannelName, Channel>): Shown[] {
  return [...channels.values()].map(({ name, capabilities, pace, shows = text => text }) => ({
    name,
    parts: (text, language) => renderMessage(text, [], capabilities, language).map(part => shows(part.text)),
    perSecond: pace.perSecond,
    window: capabilities.window === true,
  }))
}
