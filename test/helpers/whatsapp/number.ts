import { QueryIds, XWAPaths } from '@whiskeysockets/baileys'
import { refresh, scan } from './link.ts'
import { typeCode } from './link-code.ts'
import { conflict, replace } from './login.ts'
import { mail } from './mail.ts'
import { speaker } from './speaker.ts'
import { SERVER, type Stanza, stanza } from './stanza.ts'
import { type Account, type Linked, type Login, seconds, type World } from './world.ts'

export type OfficeNumber = ReturnType<typeof officeNumber>

/** How WhatsApp ends a connection, by the code a client makes of it. */
const farewells: Record<number, Stanza> = {
  401: stanza('stream:error', { code: 401 }, [stanza('conflict', { type: 'device_removed' })]),
  411: stanza('ib', {}, [stanza('downgrade_webclient')]),
  428: stanza('xmlstreamend'),
  440: conflict('replaced'),
}

/** The most of these that were open at the same time. */
function mostAtOnce(logins: Login[]): number {
  const edges = logins.flatMap(one => [
    { at: one.at, step: 1 },
    { at: one.endedAt ?? Number.POSITIVE_INFINITY, step: -1 },
  ])
  let open = 0
  let most = 0
  for (const { step } of edges.sort((a, b) => a.at - b.at || a.step - b.step)) {
    open += step
    most = Math.max(most, open)
  }
  return most
}

/** An office's number: the phone it lives on, and the platform's side of what is linked to it. */
export function officeNumber(world: World, account: Account) {
  const devices = (): Linked[] => [...account.devices.values()]
  const logins = () => devices().flatMap(one => one.logins)
  const lives = () => devices().flatMap(one => (one.live === undefined ? [] : [one.live]))

  return {
    account,
    /** Digits only, as `requestPairingCode` wants it. */
    digits: account.pn.split('@')[0] ?? '',
    pn: account.pn,
    lid: account.lid,
    devices,
    get isOnline() {
      return lives().some(one => one.state === 'active')
    },
    /** Scans a QR code with the phone: false where it would say that it could not link. */
    scans: (qr: string) => scan(world, account, qr),
    /** Types a pairing code on the phone: resolves false where it would say that the code is wrong. */
    types: (code: string) => typeCode(world, account, code),
    /** The platform retires the secret in this QR code and tells the client so; gives whether it has acknowledged that. */
    refreshes: (qr: string) => refresh(world, qr),
    /** Whether a client has asked to be linked to this number by code. */
    get isAskedForCode() {
      return [...world.connections].some(one => one.hello?.number === account.pn.split('@')[0])
    },
    /**
     * Ends the connection as WhatsApp does, by the code the client makes of it. 401 also unlinks the device, 403 bars the number.
     */
    kicks: (code: number) => {
      if (code === 403) account.barred = 403
      for (const device of devices()) {
        if (code === 401) account.devices.delete(device.number)
        if (code === 440) replace(device)
        else {
          device.live?.send(farewells[code] ?? stanza('stream:error', { code }))
          if (code !== 411) device.live?.close()
        }
      }
    },
    /** Cuts the line; `midFrame`: in the middle of something it was sending. */
    drops: ({ midFrame = false } = {}) => {
      for (const live of lives())
        if (midFrame) live.tear(stanza('ib', {}, [stanza('thread_metadata', {}, Buffer.alloc(200))]))
        else live.cut()
    },
    /** Refuses every login with this code from now on; none: takes them again. */
    bars: (code?: number) => {
      account.barred = code
    },
    /** `inbound`: the line stays open and nothing is delivered. `all`: nothing is answered either. None: as it was. */
    falls: (silent?: 'inbound' | 'all') => {
      for (const device of devices()) device.silent = silent
    },
    /** Stanzas not acknowledged yet, oldest first. */
    get queue() {
      return devices().flatMap(one => one.mail.map(letter => letter.node))
    },
    /** Every authenticated connection there was, oldest first. */
    get logins() {
      return logins()
    },
    /**
     * How many authenticated connections were open at the same time, at most. A frozen process keeps its line open without saying
     * anything: for those `late` is what counts.
     */
    get mostAtOnce() {
      return mostAtOnce(logins())
    },
    /** What connections sent after a newer one had logged in, or they were told to go. */
    get late() {
      return logins().flatMap(one => one.late)
    },
    /** Whatever was sent as a message, with what the platform answered. */
    get posted() {
      return world.posted.filter(one => one.by.account === account)
    },
    /** Receipts the linked devices gave. */
    get receipts() {
      return world.receipts.filter(one => one.by.account === account)
    },
    /** When the message was acknowledged as delivered: milliseconds since 1970 with fractions; undefined while it was not. */
    deliveredAt: (message: { id: string }) =>
      world.receipts.find(one => one.id === message.id && (one.type === '' || one.type === 'inactive'))?.at,
    /** Typing, recording and the like, as shown to others. */
    get presence() {
      return world.presence.filter(one => one.by.startsWith(account.pn.split('@')[0] ?? ''))
    },
    /** Says that only so many one-time keys are left: a client uploads more. */
    runsLow: (count = 1) => {
      for (const device of devices())
        mail(
          device,
          stanza(
            'notification',
            { from: SERVER, type: 'encrypt', id: `low-${world.nextId()}`, t: seconds(world) },
            [stanza('count', { value: count })],
          ),
        )
    },
    /** Locks the number out of chats it has not begun yet until then, as after too many reports; none: lifts it. */
    locksNewChats: (until?: Date) => {
      const isActive = until !== undefined
      const ends = isActive ? `${Math.floor(until.getTime() / 1000)}` : undefined
      const state = { is_active: isActive, time_enforcement_ends: ends, enforcement_type: 'DEFAULT' }
      account.mex.set(QueryIds.REACHOUT_TIMELOCK, { [XWAPaths.xwa2_fetch_account_reachout_timelock]: state })
      const data = Buffer.from(JSON.stringify({ data: { xwa2_notify_account_reachout_timelock: state } }))
      const update = stanza('update', { op_name: 'NotificationUserReachoutTimelockUpdate' }, data)
      for (const device of devices())
        mail(
          device,
          stanza(
            'notification',
            { from: SERVER, type: 'mex', id: `mex-${world.nextId()}`, t: seconds(world) },
            [update],
          ),
        )
    },
    /** Sends a stanza of one's own making to whoever is connected; it is not kept. */
    receives: (node: Stanza) => {
      for (const live of lives()) live.send(node)
    },
    /** Somebody holds the phone itself and writes there: linked devices get a copy of that. */
    in: (place: { account: Account }) => speaker(world, account, place.account),
  }
}
