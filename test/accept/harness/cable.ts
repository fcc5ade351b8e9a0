import { connect, createServer, type Socket } from 'node:net'
import type { ServerAddress } from '../../../src/records/address.ts'

/** What lies between one process and its database. Cut, it carries nothing and tells neither end, as a lost network does. */
export type Cable = { address: ServerAddress; cut(): void; mend(): void; close(): void }

export async function layCable(to: ServerAddress): Promise<Cable> {
  const pairs = new Set<[Socket, Socket]>()
  let isCut = false
  const server = createServer(near => {
    const far = connect(
      to.host.startsWith('/') ? { path: `${to.host}/.s.PGSQL.${to.port}` } : { host: to.host, port: to.port },
    )
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    let lost = isCut
    const carry = (from: Socket, on: Socket) => {
      from.setNoDelay()
      from.on('data', chunk => {
        lost ||= isCut
        if (!lost) on.write(chunk)
      })
      // Errors end a socket, and its end is what we act on, unless nobody could have heard of it.
      from.on('error', () => undefined)
      from.on('close', () => {
        lost ||= isCut
        if (!lost) on.destroy()
      })
    }
    carry(near, far)
    carry(far, near)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const at = server.address()
  const endAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy()
    pairs.clear()
  }
  return {
    address: { ...to, host: '127.0.0.1', port: typeof at === 'object' && at !== null ? at.port : 0 },
    cut() {
      isCut = true
    },
    /** What was there before is gone for good; new connections get through. */
    mend() {
      endAll()
      isCut = false
    },
    close() {
      endAll()
      server.close()
    },
  }
}
