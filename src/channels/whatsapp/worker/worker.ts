import { setTimeout as pause } from 'node:timers/promises'
import { faultOf } from '../../../lib/log.ts'
import { type Ask, type Calls, createCalls } from '../calls.ts'
import type { Frame, Note, SendAnswer, ServerAsks, WorkerAsks } from '../wire.ts'
import { bringAgain } from './bring-again.ts'
import { loadLibrary, type Socket } from './library.ts'
import { silenceConsole } from './quiet.ts'
import { sendOrder } from './send.ts'
import { createOpener } from './socket.ts'

// One office's number: this process holds its socket, and nothing else. It has no database and no key of ours; what it must keep it
// gives to the server process that started it, and without that one it ends.

/** Milliseconds between two beats, and how old the last one the server answered may be: this process may have been frozen. */
const BEAT_MS = Number(process.argv[2] ?? 500)
const SILENT_MS = Number(process.argv[3] ?? 2_000)
/** Milliseconds a close waits for what is being written. */
const FLUSH_MS = 600
const VERSION_MS = 5_000

const post = (frame: Frame) => void process.send?.(frame)
const tell = (note: Note) => post({ is: 'note', note })
/** The kernel closes the socket with the process: at once, and nothing more is acknowledged. */
const lost = (): never => process.exit(1)

silenceConsole()
process.on('disconnect', lost)
process.on('uncaughtException', fault)
// The library leaves questions alone whose socket closes under them; what must not fail is waited for.
process.on('unhandledRejection', error => tellFault(error))

const library = await loadLibrary()
const sentAt = new Map<number, number>()
let beats = 0
let aliveAt = performance.now()
let heardAt = performance.now()
let socket: Socket | undefined
let ackMs = 0

const ask: Ask<WorkerAsks> = (what, given) => calls.ask(what, given)
const calls: Calls<WorkerAsks> = createCalls<WorkerAsks, ServerAsks>(post, {
  async open(order) {
    ackMs = order.ackMs
    heardAt = performance.now()
    socket = open(order)
    return null
  },
  async send(order): Promise<SendAnswer> {
    stillAlive()
    return sendOrder(library, opened(), ask, order, ackMs)
  },
  bringAgain: from => bringAgain(opened(), from),
  async typing({ to }) {
    await opened().sendPresenceUpdate('composing', to)
    return null
  },
  async leave({ group }) {
    await opened().groupLeave(group)
    return null
  },
  async probe() {
    await opened().fetchPrivacySettings(true)
    return true
  },
  async newestVersion() {
    const { version, isLatest } = await library.fetchLatestWaWebVersion({
      signal: AbortSignal.timeout(VERSION_MS),
    })
    return isLatest ? version : null
  },
  async logOut() {
    await opened().logout()
    return null
  },
})
const open = createOpener({
  library,
  ask,
  tell,
  heard: () => {
    heardAt = performance.now()
  },
  stillAlive,
  lost,
})

process.on('message', (frame: Frame) => {
  if (frame.is === 'beat') alive(frame.n)
  else if (frame.is === 'close') void close()
  else calls.take(frame)
})
beat()
setInterval(beat, BEAT_MS)

function opened(): Socket {
  if (socket === undefined) throw new Error('The socket is not open.')
  return socket
}

/** The server answers every beat while it may act: alive is when the newest one it answered was sent. */
function beat(): void {
  stillAlive()
  beats += 1
  sentAt.set(beats, performance.now())
  post({ is: 'beat', n: beats, quietMs: performance.now() - heardAt })
}

function alive(n: number): void {
  aliveAt = Math.max(aliveAt, sentAt.get(n) ?? 0)
  for (const older of sentAt.keys()) if (older <= n) sentAt.delete(older)
}

/** Frozen meanwhile, this process may not be the one that speaks any more. */
function stillAlive(): void {
  if (performance.now() - aliveAt > SILENT_MS) lost()
}

/** Nothing new is taken; what is being written gets a moment. */
async function close(): Promise<void> {
  socket?.ev.removeAllListeners('connection.update')
  await socket?.end(undefined).catch(() => undefined)
  const until = performance.now() + FLUSH_MS
  while (calls.open() > 0 && performance.now() < until) await pause(10)
  process.exit(0)
}

function tellFault(error: unknown): void {
  const { fault: kind, at } = faultOf(error)
  tell({ is: 'fault', fault: String(kind), at: String(at ?? '') })
}

function fault(error: unknown): void {
  tellFault(error)
  // The message is written to a pipe: it needs a turn of the loop.
  setTimeout(lost, 50)
}
