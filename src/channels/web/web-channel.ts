import { Hono } from 'hono'
import type { Channel } from '../channel.ts'
import { chatRoutes } from './chat-routes.ts'
import { deskRoutes } from './desk-routes.ts'
import { openDoor, wakeKey } from './door.ts'
import { fileRoutes } from './file-routes.ts'
import type { WebOptions } from './ports.ts'
import { refuse, refuseError } from './refusals.ts'

export type WebChannel = Channel & {
  /** To be mounted at the root. */
  routes: Hono
  /** How many readers wait right now. */
  waiting(): number
}

/**
 * Balai over HTTP. Sending only wakes whoever waits at the address: clients read from the transcript, so a message is
 * there as soon as it is committed, in whichever process they ask.
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
    capabilities: { buttons: Infinity, labelMax: 60, textMax: 65_536 },
    pace: { perSecond: Infinity, perAddressMs: 0 },
    waiting: () => door.waiters.count,
    send: async message => door.waiters.wake(wakeKey(message)),
    start: async onMessage => {
      door.onMessage = onMessage
    },
    stop: async () => {
      door.onMessage = undefined
      door.waiters.sendHome()
    },
  }
}
