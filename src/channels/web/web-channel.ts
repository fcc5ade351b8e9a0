import { Hono } from 'hono'
import type { Channel } from '../channel.ts'
import { chatRoutes } from './chat-routes.ts'
import { deskRoutes } from './desk-routes.ts'
import { openDoor, wakeKey } from './door.ts'
import { fileRoutes } from './file-routes.ts'
import { type PlainChat, plainChat } from './plain-chat.ts'
import type { WebOptions } from './ports.ts'
import { refuse, refuseError } from './refusals.ts'

export type WebChannel = Channel & {
  /** To be mounted at the root. */
  routes: Hono
  /** For pages of ours that work without script. */
  plain: PlainChat
  /** How many readers wait right now. */
  waiting(): number
}

/**
 * Balai over HTTP. Clients read from the transcript, so a message is there as soon as it is recorded as sent, in
 * whichever process they ask; then whoever waits at the address is woken.
 */
export function webChannel(options: WebOptions): WebChannel {
  const door = openDoor(options)
  const routes = new Hono()
  routes.onError((error, c) => refuseError(c, error, options))
  routes.notFound(c => refuse(c, 'not_found'))
  routes.route('/', chatRoutes(door))
  routes.route('/', fileRoutes(door))
  if (options.trial) routes.route('/', deskRoutes(door))

  return {
    name: 'web',
    routes,
    plain: plainChat(door),
    capabilities: { buttons: Infinity, labelMax: 60, textMax: 65_536 },
    pace: { perSecond: Infinity, perAddressMs: 0 },
    waiting: () => door.waiters.count,
    // Nothing leaves by itself: readers come and find it in the transcript.
    send: async () => ({}),
    recorded: at => door.waiters.wake(wakeKey(at)),
    start: async onMessage => {
      door.onMessage = onMessage
    },
    stop: async () => {
      door.onMessage = undefined
      door.waiters.sendHome()
    },
  }
}
