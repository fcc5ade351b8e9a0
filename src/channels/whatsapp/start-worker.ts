import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Answers, type Ask, createCalls } from './calls.ts'
import type { Times, WorkerPlace } from './ports.ts'
import type { Frame, Note, ServerAsks, WorkerAsks } from './wire.ts'

type Parts = {
  answers: Answers<WorkerAsks>
  onNote: (note: Note) => void
  /** Whether we may act at all: beats are answered while we may. */
  mayAct: () => boolean
  times: Times
  place: WorkerPlace
}

export type Worker = {
  ask: Ask<ServerAsks>
  /** Milliseconds since WhatsApp last gave it anything of its own. */
  quietMs(): number
  /** Lets it finish what it is writing, for a moment; then it is gone. */
  close(): Promise<void>
  kill(): void
  /** Resolves when its process has ended. */
  ended: Promise<void>
  pid: number | undefined
}

/** Only what a process needs to run at all: the worker gets no address of a database, no key and no token of ours. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'SYSTEMROOT', 'NODE_EXTRA_CA_CERTS']

/** Starts the process that holds one number's socket. */
export function startWorker({ answers, onNote, mayAct, times, place }: Parts): Worker {
  const child = spawn(times, place)
  const calls = createCalls<ServerAsks, WorkerAsks>(post, answers)
  let beatAt = performance.now()
  let hasBegun = false
  let quiet = 0

  function post(frame: Frame): void {
    // Its end is noticed by `exit`; a frame that meets it half-way is nobody's.
    if (child.connected) child.send(frame, () => undefined)
  }

  child.on('message', (frame: Frame) => {
    if (frame.is === 'note') onNote(frame.note)
    else if (frame.is === 'beat') {
      hasBegun = true
      beatAt = performance.now()
      quiet = frame.quietMs
      if (mayAct()) post({ ...frame, quietMs: 0 })
    } else calls.take(frame)
  })
  // Frozen, or busy beyond reason: whatever it holds, it may not wake up with.
  const watch = setInterval(() => {
    const limit = hasBegun ? times.silent : times.start
    if (performance.now() - beatAt > limit) child.kill('SIGKILL')
  }, times.beat)
  const ended = new Promise<void>(resolve => {
    const end = () => {
      clearInterval(watch)
      calls.end()
      resolve()
    }
    child.once('exit', end)
    child.once('error', end)
  })

  return {
    ask: calls.ask,
    quietMs: () => quiet,
    async close() {
      post({ is: 'close' })
      const late = setTimeout(() => child.kill('SIGKILL'), times.close)
      await ended
      clearTimeout(late)
    },
    kill: () => void child.kill('SIGKILL'),
    ended,
    pid: child.pid,
  }
}

function spawn(times: Times, place: WorkerPlace): ChildProcess {
  const env = Object.fromEntries(
    PASSED_ON.flatMap(name => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
  return fork(
    fileURLToPath(new URL('./worker/worker.ts', import.meta.url)),
    [String(times.beat), String(times.silent)],
    {
      execArgv: [...(place.execArgv ?? [])],
      // Nothing it prints is read: the library prints keys.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      serialization: 'advanced',
      env: { ...env, ...place.env },
    },
  )
}
