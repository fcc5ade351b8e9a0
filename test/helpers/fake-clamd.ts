import { createServer, type Server, type Socket } from 'node:net'
import type { ClamdAddress } from '../../src/records/clamd.ts'
import { EICAR } from './eicar.ts'

/** How it may fail: whatever it is told to answer instead, whole or cut; never; closing in the middle of the file; calling it clean there. */
type Failure = { answer: string } | 'silent' | 'closes' | 'early'

export type FakeClamd = {
  address: ClamdAddress & { port: number }
  /** The streams it was given whole. */
  streams: Buffer[]
  /** What the real one might have let pass: it is told here and not answered. */
  faults: string[]
  /** Undefined: it answers as it should. */
  failing: Failure | undefined
  /** Connections open at the most at the same time. */
  most: number
  stop(): Promise<void>
}

/**
 * clamd as its manual describes it (clamd(8)), over TCP and stricter: commands with z and NUL alone, pieces of 1 byte to `piece`, nothing
 * behind the last, no half-closed connection, no command it does not know. It finds EICAR and nothing else.
 */
export async function startFakeClamd({
  limit = 16 * 1024 * 1024,
  piece = 64 * 1024,
} = {}): Promise<FakeClamd> {
  const sockets = new Set<Socket>()
  const server: Server = createServer({ allowHalfOpen: true }, socket => {
    sockets.add(socket)
    fake.most = Math.max(fake.most, sockets.size)
    let heard = Buffer.alloc(0)
    let isDone = false
    const end = (answer: string) => {
      isDone = true
      if (fake.failing === 'silent') return
      const said = typeof fake.failing === 'object' ? fake.failing.answer : answer
      socket.end(said, 'latin1')
    }
    socket.on('data', bytes => {
      if (isDone) return void fake.faults.push('bytes behind the end')
      heard = Buffer.concat([heard, bytes])
      if (fake.failing === 'closes') return void socket.destroy()
      if (fake.failing === 'early') {
        socket.pause()
        isDone = true
        return void socket.end('stream: OK\0')
      }
      const told = take(heard, { limit, piece })
      if (told === undefined) return
      if ('fault' in told) {
        fake.faults.push(told.fault)
        return void socket.destroy()
      }
      if (told.stream !== undefined) fake.streams.push(told.stream)
      end(told.answer)
    })
    socket.on('end', () => {
      if (!isDone) fake.faults.push('closed before the answer')
    })
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const at = server.address()
  const fake: FakeClamd = {
    address: { host: '127.0.0.1', port: typeof at === 'object' ? (at?.port ?? 0) : 0 },
    streams: [],
    faults: [],
    failing: undefined,
    most: 0,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise(done => server.close(done))
    },
  }
  return fake
}

const SIMPLE: Readonly<Record<string, string>> = {
  PING: 'PONG\0',
  VERSION: 'ClamAV 1.4.6/27800/Sat Nov 21 08:26:03 2026\0',
}

type Told = { answer: string; stream?: Buffer } | { fault: string }

/** What has been asked so far; undefined while it is not whole. */
function take(heard: Buffer, { limit, piece }: { limit: number; piece: number }): Told | undefined {
  const nul = heard.indexOf(0)
  if (nul < 0) return heard.length > 32 ? { fault: 'no command' } : undefined
  const command = heard.toString('latin1', 0, nul)
  const answer = SIMPLE[command.slice(1)]
  if (!command.startsWith('z')) return { fault: `not a command with z: ${command}` }
  if (answer !== undefined) return nul === heard.length - 1 ? { answer } : { fault: 'bytes behind a command' }
  if (command !== 'zINSTREAM') return { fault: `unknown: ${command}` }
  const pieces: Buffer[] = []
  let bytes = 0
  for (let at = nul + 1; at + 4 <= heard.length; ) {
    const length = heard.readUInt32BE(at)
    at += 4
    if (length === 0) {
      const stream = Buffer.concat(pieces)
      if (at !== heard.length) return { fault: 'bytes behind the last piece' }
      return {
        stream,
        answer: stream.includes(EICAR) ? 'stream: Eicar-Test-Signature FOUND\0' : 'stream: OK\0',
      }
    }
    if (length > piece) return { fault: `a piece of ${length}` }
    bytes += length
    if (bytes > limit) return { answer: 'INSTREAM size limit exceeded. ERROR\0' }
    if (at + length > heard.length) return undefined
    pieces.push(heard.subarray(at, at + length))
    at += length
  }
  return undefined
}
