import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('owner-process.ts', import.meta.url))

/** An owner in a process of its own; see owner-process.ts. */
export type Owner = {
  pid: number
  /** The first thing it said: ready, refused or failed, and the rest of that line. */
  said: Promise<{ word: string; rest: string }>
  /** The server's process as it said last; it says so again after each restart. */
  serverPid(): number
  /** Ids it has acknowledged so far. */
  acknowledged: string[]
  /** The exit code, or the signal's name. */
  ended: Promise<number | string>
  kill(signal: 'SIGKILL' | 'SIGTERM'): void
}

export function startOwner(dataDir: string, ...flags: ('write' | 'naive')[]): Owner {
  const child: ChildProcess = spawn(process.execPath, [program, dataDir, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const acknowledged: string[] = []
  let serverPid = 0
  const ended = new Promise<number | string>(done =>
    child.once('close', (code, signal) => done(code ?? signal ?? -1)),
  )
  const said = new Promise<{ word: string; rest: string }>(done => {
    if (child.stdout === null) return
    const lines = createInterface({ input: child.stdout })
    lines.on('line', line => {
      const [word = '', ...rest] = line.split(' ')
      if (word === 'ack') acknowledged.push(rest[0] ?? '')
      else if (word === 'server') serverPid = Number(rest[0])
      else done({ word, rest: rest.join(' ') })
    })
    // Killed before it could say anything.
    ended.then(() => done({ word: 'silent', rest: '' }))
  })
  return {
    pid: child.pid ?? 0,
    said,
    serverPid: () => serverPid,
    acknowledged,
    ended,
    kill: signal => child.kill(signal),
  }
}
