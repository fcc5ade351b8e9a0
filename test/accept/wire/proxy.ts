import { connect, createServer, type Socket } from 'node:net'
import type { ServerAddress } from '../../../src/records/address.ts'

/** What happens to the connection at the chosen message: cut before or after it has gone on, or nothing ever again. */
export type Mode = 'before' | 'after' | 'silent'

/** Stands between a line and its PostgreSQL, and reads along: it knows where one protocol message ends. */
export type WireProxy = {
  address: ServerAddress
  /** From now on messages are counted, both ways and over all connections; the `index`-th is where it happens. */
  arm(mode: Mode, index: number): void
  /** Stops watching; how many messages went by, and whether it happened. */
  disarm(): { seen: number; hit: boolean }
  /** Ends every connection, so that the next query has to open a new one. */
  dropAll(): void
  close(): Promise<void>
}

type Link = { client: Socket; server: Socket; state: 'open' | 'silent' | 'cut' }

/** A server whose network was lost learns of a client's end a little later. */
const LATE_MS = 200

export async function startProxy(behind: ServerAddress): Promise<WireProxy> {
  const links = new Set<Link>()
  let armed: { mode: Mode; index: number } | undefined
  let seen = 0
  let hit = false

  function pass(link: Link, from: Socket, to: Socket, message: Buffer): void {
    if (link.state !== 'open') return
    const here = armed !== undefined && !hit && seen === armed.index ? armed.mode : undefined
    if (armed !== undefined) seen += 1
    if (here !== undefined) hit = true
    if (here === 'silent') link.state = 'silent'
    if (here === undefined || here === 'after') to.write(message)
    if (here === 'before' || here === 'after') cut(link, from, to)
  }

  const server = createServer(client => {
    const upstream = connect(pathOf(behind))
    // We write message by message; Nagle would hold each back for 40 ms.
    client.setNoDelay()
    upstream.setNoDelay()
    const link: Link = { client, server: upstream, state: 'open' }
    links.add(link)
    const fromClient = splitter(true)
    const fromServer = splitter(false)
    client.on('data', chunk => {
      for (const message of fromClient(chunk)) pass(link, client, upstream, message)
    })
    upstream.on('data', chunk => {
      for (const message of fromServer(chunk)) pass(link, upstream, client, message)
    })
    // Errors end a socket, and its end is what we act on.
    client.on('error', () => undefined)
    upstream.on('error', () => undefined)
    upstream.on('close', () => client.destroy())
    client.on('close', () => {
      links.delete(link)
      setTimeout(() => upstream.destroy(), link.state === 'silent' ? LATE_MS : 0)
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const at = server.address()
  return {
    address: { ...behind, host: '127.0.0.1', port: typeof at === 'object' && at !== null ? at.port : 0 },
    arm(mode, index) {
      armed = { mode, index }
      seen = 0
      hit = false
    },
    disarm() {
      armed = undefined
      return { seen, hit }
    },
    dropAll() {
      for (const { client } of links) client.destroy()
    },
    close() {
      for (const { client } of links) client.destroy()
      return new Promise(done => server.close(() => done()))
    },
  }
}

/** Whom a message was meant for gets what was written to it and then the end; who sent it is cut off at once. */
function cut(link: Link, from: Socket, to: Socket): void {
  link.state = 'cut'
  to.end(() => setTimeout(() => to.destroy(), 20))
  from.destroy()
}

function pathOf({ host, port }: ServerAddress): { path: string } | { host: string; port: number } {
  return host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port }
}

/** Bytes in, whole messages out: a type and a length before each, but for the very first of a client, which has no type. */
function splitter(startsBare: boolean): (chunk: Buffer) => Buffer[] {
  let rest: Buffer = Buffer.alloc(0)
  let bare = startsBare
  return chunk => {
    rest = Buffer.concat([rest, chunk])
    const messages: Buffer[] = []
    for (;;) {
      const head = bare ? 0 : 1
      if (rest.length < head + 4) return messages
      const length = head + rest.readInt32BE(head)
      if (rest.length < length) return messages
      messages.push(rest.subarray(0, length))
      rest = rest.subarray(length)
      bare = false
    }
  }
}
