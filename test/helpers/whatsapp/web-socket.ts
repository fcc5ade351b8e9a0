import { createHash } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** What RFC 6455 has every server append to the client's key. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
const CONTINUATION = 0
const BINARY = 2
const CLOSE = 8
const PING = 9
const PONG = 10

/** The server's end of one WebSocket. Bytes come in whole messages; what they mean is nobody's business here. */
export type Wire = {
  onBytes: (bytes: Buffer) => void
  onClose: () => void
  send(bytes: Uint8Array): void
  /** Sends the first half of a frame and tears the connection. */
  tear(bytes: Uint8Array): void
  /** Says goodbye, and hangs up. */
  close(): void
  /** Hangs up without a word. */
  cut(): void
}

function frame(kind: number, bytes: Uint8Array): Buffer {
  const length = bytes.byteLength
  const head = length < 126 ? Buffer.alloc(2) : length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10)
  head[0] = 0x80 | kind
  if (head.length === 2) head[1] = length
  else if (head.length === 4) {
    head[1] = 126
    head.writeUInt16BE(length, 2)
  } else {
    head[1] = 127
    head.writeBigUInt64BE(BigInt(length), 2)
  }
  return Buffer.concat([head, bytes])
}

type Frame = { kind: number; last: boolean; bytes: Buffer; size: number }

/** The first frame in `data`, or undefined while there is only a part of it. Clients mask what they send. */
function readFrame(data: Buffer): Frame | undefined {
  if (data.length < 2) return undefined
  const [first = 0, second = 0] = data
  const short = second & 0x7f
  const at = short === 126 ? 4 : short === 127 ? 10 : 2
  if (data.length < at + 4) return undefined
  const length =
    short === 126 ? data.readUInt16BE(2) : short === 127 ? Number(data.readBigUInt64BE(2)) : short
  const size = at + 4 + length
  if (data.length < size) return undefined
  const mask = data.subarray(at, at + 4)
  const bytes = Buffer.from(data.subarray(at + 4, size))
  for (let place = 0; place < length; place += 1) bytes[place] = (bytes[place] ?? 0) ^ (mask[place & 3] ?? 0)
  return { kind: first & 0x0f, last: (first & 0x80) !== 0, bytes, size }
}

function listenOn(socket: Duplex): Wire {
  let data: Buffer = Buffer.alloc(0)
  let parts: Buffer[] = []
  const wire: Wire = {
    onBytes: () => undefined,
    onClose: () => undefined,
    send: bytes => {
      if (!socket.destroyed) socket.write(frame(BINARY, bytes))
    },
    tear: bytes => {
      const whole = frame(BINARY, bytes)
      socket.write(whole.subarray(0, Math.ceil(whole.length / 2)), () => socket.destroy())
    },
    close: () => socket.end(frame(CLOSE, Buffer.from([3, 232]))),
    cut: () => socket.destroy(),
  }
  const take = ({ kind, last, bytes }: Frame) => {
    if (kind === CLOSE) socket.end(frame(CLOSE, bytes))
    else if (kind === PING) socket.write(frame(PONG, bytes))
    else if (kind === BINARY || kind === CONTINUATION) {
      parts.push(bytes)
      if (!last) return
      const whole = Buffer.concat(parts)
      parts = []
      wire.onBytes(whole)
    }
  }
  socket.on('data', (more: Buffer) => {
    data = data.length === 0 ? more : Buffer.concat([data, more])
    for (let next = readFrame(data); next !== undefined; next = readFrame(data)) {
      data = data.subarray(next.size)
      take(next)
    }
  })
  // A torn connection is reported by 'close' as well; which error it was tells nothing more.
  socket.on('error', () => socket.destroy())
  // Node leaves a server's end open when the client's is closed: that of a killed process would stay for ever.
  socket.on('end', () => socket.end())
  socket.on('close', () => wire.onClose())
  return wire
}

/** Takes every WebSocket that is opened on this server. */
export function acceptWires(server: Server, onWire: (wire: Wire) => void): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}${GUID}`).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
    )
    onWire(listenOn(socket))
  })
}
