import type { Connection } from './connection.ts'
import { beginLinking } from './link.ts'
import { stanza } from './stanza.ts'
import { type Account, instant, type Linked, type Login, seconds, type World } from './world.ts'

/** How long a connection that was told to go is still listened to. */
const LINGER_MS = 10_000

/** Turns a caller away at the door with the reason WhatsApp gives as a number. */
function refuse(connection: Connection, reason: number): void {
  connection.send(stanza('failure', { reason, location: 'fake' }))
  connection.close()
}

export const conflict = (type: string) => stanza('stream:error', {}, [stanza('conflict', { type })])

/** Tells the connection of a device to go: from now on what it still sends is written down and has no effect. */
export function replace(device: Linked, farewell = conflict('replaced')): void {
  const { live } = device
  if (live === undefined) return
  live.state = 'replaced'
  if (live.login !== undefined) live.login.replacedAt = instant()
  device.live = undefined
  live.send(farewell)
  // Whoever does not go by itself is hung up on; until then it is heard, so that what it still says can be held against it.
  setTimeout(live.cut, LINGER_MS).unref()
}

function welcome(world: World, connection: Connection, device: Linked): void {
  replace(device)
  const login: Login = { at: instant(), endedAt: undefined, replacedAt: undefined, late: [] }
  device.logins.push(login)
  device.live = connection
  connection.login = login
  connection.device = device
  connection.state = 'passive'
  device.window = undefined
  connection.send(stanza('success', { t: seconds(world), lid: device.lid, location: 'fake' }))
  world.onChange()
}

function findAccount(world: World, username: string): Account | undefined {
  return world.accounts.find(one => one.pn === `${username}@s.whatsapp.net`)
}

/** Somebody has shaken hands: a device that was linked before, or one that wants to be. */
export function greet(world: World, connection: Connection): void {
  const { payload, key } = connection.caller
  // protobufjs gives 0 for a number that is not there.
  if (payload.devicePairingData != null || Number(payload.username) === 0) {
    beginLinking(world, connection)
    return
  }
  const account = findAccount(world, `${payload.username}`)
  const device = account?.devices.get(Number(payload.device))
  if (account?.barred !== undefined) refuse(connection, account.barred)
  else if (device === undefined || !device.noiseKey.equals(key)) refuse(connection, 401)
  else welcome(world, connection, device)
}

/** The connection is gone, whoever ended it. */
export function farewell(world: World, connection: Connection): void {
  connection.state = 'closed'
  world.connections.delete(connection)
  const { device, login } = connection
  if (login !== undefined) login.endedAt = instant()
  if (device?.live === connection) device.live = undefined
  world.onChange()
}
