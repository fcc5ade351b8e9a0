import { connect, type Socket } from 'node:net'

/** How a slow client holds on to a connection. `says` is sent at once, `drips` a byte a second; `reads`: it takes what it is sent. */
export type Manner = { says: string; drips: string; reads: boolean }

/** Connections held open by clients who are slow on purpose. */
export type Slow = {
  /** Connections that were opened; those the server ended by itself, and the milliseconds the longest of them lasted. */
  met(): { opened: number; ended: number; longestMs: number }
  close(): void
}

const HEAD = 'Host: balai.example\r\n'

export const MANNERS = {
  /** A header that never ends. */
  headers: { says: `GET /healthz HTTP/1.1\r\n${HEAD}X-Slow: `, drips: 'a', reads: true },
  /** A body that is announced and comes a byte a second. */
  bodies: {
    says: `POST /chat/medan/sessions HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n`,
    drips: ' ',
    reads: true,
  },
  /** One request, and then nothing. */
  idle: { says: `GET /healthz HTTP/1.1\r\n${HEAD}\r\n`, drips: '', reads: true },
  /** Connected, and not a word. */
  mute: { says: '', drips: '', reads: true },
} as const satisfies Record<string, Manner>

/** Follows what is said in a chat and never reads a byte of it. */
export function neverReading(session: string): Manner {
  return {
    says: `GET /chat/medan/events?session=${encodeURIComponent(session)} HTTP/1.1\r\n${HEAD}\r\n`,
    drips: '',
    reads: false,
  }
}

export function beSlow(url: string, localAddress: string, count: number, manner: Manner): Slow {
  const { hostname: host, port } = new URL(url)
  const ends: number[] = []
  let opened = 0
  let isOver = false
  const sockets = new Set<Socket>()
  for (let n = 0; n < count; n += 1) {
    const began = performance.now()
    const socket = connect({ host, port: Number(port), localAddress })
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('connect', () => {
      opened += 1
      socket.write(manner.says)
      if (manner.reads) socket.resume()
      else socket.pause()
    })
    socket.once('close', () => {
      sockets.delete(socket)
      if (!isOver) ends.push(performance.now() - began)
    })
  }
  const drip = setInterval(() => {
    for (const socket of sockets) if (manner.drips !== '' && socket.writable) socket.write(manner.drips)
  }, 1_000)
  return {
    met: () => ({ opened, ended: ends.length, longestMs: Math.round(Math.max(0, ...ends)) }),
    close() {
      isOver = true
      clearInterval(drip)
      for (const socket of sockets) socket.destroy()
    },
  }
}
