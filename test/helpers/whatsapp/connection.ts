import { decodeBinaryNode, encodeBinaryNode, NOISE_WA_HEADER } from '@whiskeysockets/baileys'
import { type Caller, type Passport, respond, type Transport } from './noise.ts'
import type { Stanza } from './stanza.ts'
import type { Wire } from './web-socket.ts'
import type { Linked, Login } from './world.ts'

/** One client's connection once it has shown who it is. */
export type Connection = {
  caller: Caller
  /** `passive`: logged in, but not ready for messages. `replaced`: told to go, still holding the line. */
  state: 'linking' | 'passive' | 'active' | 'replaced' | 'closed'
  device: Linked | undefined
  login: Login | undefined
  /** What a client that is being linked was given to show as QR codes. */
  refs: string[]
  /** What a client that is not linked yet has acknowledged, by id. */
  acknowledged: Set<string>
  /** Adv secrets that a refresh has retired, base64. */
  retired: Set<string>
  /** What a client that wants a pairing code has sent for the phone to open. */
  hello: { wrapped: Buffer; ref: string; number: string } | undefined
  send(node: Stanza): void
  /** Sends half of it, and tears the connection. */
  tear(node: Stanza): void
  close(): void
  cut(): void
}

export type Doors = {
  onCaller(connection: Connection): void
  onStanza(connection: Connection, node: Stanza): void
  onEnd(connection: Connection): void
  onFailure(problem: unknown): void
}

/** Frames are three bytes of length and as many bytes. */
function framed(bytes: Uint8Array): Buffer {
  const { byteLength } = bytes
  return Buffer.concat([Buffer.from([byteLength >> 16, (byteLength >> 8) & 0xff, byteLength & 0xff]), bytes])
}

/** How many bytes come before the first frame: the protocol's name, and routing before it where the client has some. */
function introLength(data: Buffer): number | undefined {
  const header = NOISE_WA_HEADER.length
  if (data.length < 7) return undefined
  return data.toString('latin1', 0, 2) === 'ED' ? 7 + data.readUIntBE(4, 3) + header : header
}

/**
 * People's names go letter by letter, whatever they are: the library's writer, made for clients, takes all that holds an @ for the
 * name of an account, and writes `Siti @` so that nobody can read the stanza.
 */
function encoded(node: Stanza): Buffer {
  const { notify } = node.attrs
  if (notify?.includes('@') !== true) return encodeBinaryNode(node)
  const name = Buffer.from(notify)
  const stand = Buffer.alloc(name.length, '~')
  const whole = encodeBinaryNode({ ...node, attrs: { ...node.attrs, notify: stand.toString() } })
  const place = whole.indexOf(name.length < 256 ? Buffer.from([0xfc, name.length, ...stand]) : stand)
  name.copy(whole, whole.indexOf(stand, place))
  return whole
}

function open(wire: Wire, caller: Caller): Connection {
  const pack = (transport: Transport, node: Stanza) => framed(transport.seal(encoded(node)))
  const connection: Connection = {
    caller,
    state: 'linking',
    device: undefined,
    login: undefined,
    refs: [],
    acknowledged: new Set(),
    retired: new Set(),
    hello: undefined,
    send: node => wire.send(pack(caller.transport, node)),
    tear: node => wire.tear(pack(caller.transport, node)),
    close: wire.close,
    cut: wire.cut,
  }
  return connection
}

/** Shakes hands with whoever opened this wire, and hands over what it says from then on, in order. */
export function receiveConnection(wire: Wire, passport: Passport, doors: Doors): void {
  const handshake = respond(passport)
  let data: Buffer = Buffer.alloc(0)
  let begun = false
  let greeted = false
  let connection: Connection | undefined
  let reading = Promise.resolve()

  const take = (frame: Buffer) => {
    if (!greeted) {
      greeted = true
      wire.send(framed(handshake.hello(frame)))
    } else if (connection === undefined) {
      connection = open(wire, handshake.finish(frame))
      doors.onCaller(connection)
    } else {
      const { caller } = connection
      const here = connection
      const bytes = caller.transport.open(frame)
      reading = reading
        .then(async () => doors.onStanza(here, await decodeBinaryNode(bytes)))
        .catch(doors.onFailure)
    }
  }

  wire.onBytes = bytes => {
    data = Buffer.concat([data, bytes])
    if (!begun) {
      const intro = introLength(data)
      if (intro === undefined || data.length < intro) return
      data = data.subarray(intro)
      begun = true
    }
    while (data.length >= 3) {
      const size = data.readUIntBE(0, 3)
      if (data.length < size + 3) return
      const frame = data.subarray(3, size + 3)
      data = data.subarray(size + 3)
      try {
        take(frame)
      } catch (problem) {
        // Whoever cannot shake hands is hung up on, as the platform does.
        doors.onFailure(problem)
        wire.cut()
        return
      }
    }
  }
  wire.onClose = () => {
    if (connection !== undefined) doors.onEnd(connection)
  }
}
