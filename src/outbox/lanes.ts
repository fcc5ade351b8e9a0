import type { ChannelName } from '../channels/channel.ts'

/** One office's bot on one channel: what platforms count by, and what may be full while others are not. */
export type Lane = `${ChannelName}/${string}`

export function laneOf({ channel, office }: { channel: ChannelName; office: string }): Lane {
  return `${channel}/${office}`
}

/** Chats of one lane sent to at once. More would only wait for its pace, longer than they may be held. */
export const MOST_CHATS = 200
/** The same while others than answers are sent: the rest is for people who wait for one. */
export const MOST_NOTICES = 100
