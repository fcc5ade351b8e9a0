import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serialize } from 'node:v8'
import { openLog } from '../../../src/lib/log.ts'
import { openHouses } from '../../../src/offices/open-houses.ts'
import type { FromChild, Orders, ToChild } from './wire.ts'

const program = fileURLToPath(new URL('child.ts', import.meta.url))
const root = fileURLToPath(new URL('../../..', import.meta.url))

/** What the children share: their compiled code and the flows as read, so that a restart does neither again. */
const shared = mkdtempSync(join(tmpdir(), 'balai-accept-'))
process.on('exit', () => rmSync(shared, { recursive: true, force: true }))
const offices = await openHouses(
  { flowsDir: join(root, 'flows'), offices: ['medan'], mode: 'trial' },
  openLog('silent'),
)
writeFileSync(join(shared, 'houses'), serialize(offices.houses))

/** A line in a process of its own. */
export type Child = {
  pid: number
  /** It has loaded what it can; false if it ended before. */
  warm: Promise<boolean>
  /** The last of what it wrote to stderr. */
  words(): string
  /** Becomes what the orders say; false if it ended before it had started. */
  go(orders: Orders): Promise<boolean>
  tell(message: ToChild): void
  /** Whoever hears it from now on; one at a time. */
  hear(listener: (message: FromChild) => void): void
  /** The exit code, or the name of the signal that ended it. */
  ended: Promise<number | string>
  alive(): boolean
  kill(signal: NodeJS.Signals): void
  /** To the child and whatever it has started; only for one with a group of its own. */
  killGroup(signal: NodeJS.Signals): void
  /** The kill point that ended it, as it said itself; '' if none did. */
  killedAt(): string
}

/** `group`: a process group of its own, so that a signal can be sent to all of it. `env` is set beside ours. */
export function startChild({
  group = false,
  env = {},
}: {
  group?: boolean
  env?: Record<string, string>
} = {}): Child {
  const child: ChildProcess = fork(program, [], {
    cwd: root,
    detached: group,
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(shared, 'compiled'),
      BALAI_HOUSES: join(shared, 'houses'),
      ...env,
    },
  })
  let said = ''
  let gone = false
  let listener: (message: FromChild) => void = () => undefined
  child.stderr?.on('data', (words: Buffer) => {
    said = `${said}${words}`.slice(-4000)
    if (process.env.LOG_LEVEL === 'debug') process.stderr.write(words)
  })
  // Both: what it said before it died may still be in the pipe.
  const silent = new Promise<void>(done => child.once('disconnect', () => done()))
  const closed = new Promise<number | string>(done =>
    child.once('close', (code, signal) => done(code ?? signal ?? -1)),
  )
  const ended = Promise.all([closed, silent]).then(([how]) => {
    gone = true
    return how
  })
  const heard = (type: FromChild['type']) =>
    new Promise<boolean>(done => {
      child.on('message', (message: FromChild) => {
        if (message.type === type) done(true)
      })
      ended.then(() => done(false))
    })
  const warm = heard('warm')
  const started = heard('started')
  child.on('message', (message: FromChild) => listener(message))
  // A message to a child that just died is no fault: its death is what we are here for.
  child.on('error', () => undefined)
  return {
    pid: child.pid ?? 0,
    warm,
    async go(orders) {
      await warm
      child.send({ type: 'go', orders } satisfies ToChild)
      return started
    },
    tell: message => {
      if (!gone && child.connected) child.send(message, () => undefined)
    },
    hear: to => {
      listener = to
    },
    ended,
    alive: () => !gone,
    kill: signal => {
      if (!gone) child.kill(signal)
    },
    killGroup: signal => {
      if (gone || child.pid === undefined) return
      try {
        process.kill(-child.pid, signal)
      } catch (error) {
        // It ended in this very moment.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
      }
    },
    words: () => said,
    killedAt: () => /^killed at (.+)$/m.exec(said)?.[1] ?? '',
  }
}

/** Ends it at once and waits until it is gone. */
export async function endChild(child: Child): Promise<void> {
  child.kill('SIGKILL')
  await child.ended
}

/** One child is always loaded ahead, so that a restart costs only what the line itself needs. */
export function createNursery(env: Record<string, string> = {}): {
  next(): Promise<Child>
  close(): Promise<void>
} {
  let spare = startChild({ env })
  return {
    async next() {
      const child = spare
      spare = startChild({ env })
      if (!(await child.warm)) throw new Error(`A child could not start:\n${child.words()}`)
      return child
    },
    close: () => endChild(spare),
  }
}
