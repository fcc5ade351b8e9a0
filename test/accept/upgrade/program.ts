import { spawn } from 'node:child_process'

export type Program = {
  pid: number
  port: number
  ready: Promise<boolean>
  words(): string
  stop(): Promise<number | null>
}

/** `src/main.ts` of a folder as a process of its own; `ready` is false when it ends instead of serving. */
export function startProgram(folder: string, port: number, env: Record<string, string>): Program {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: '/nonexistent',
      PORT: String(port),
      OFFICES: 'medan',
      LOG_LEVEL: 'warn',
      ...env,
    },
  })
  let err = ''
  child.stderr.on('data', words => {
    err += words
  })
  const ended = new Promise<number | null>(done => child.once('close', code => done(code)))
  const said = new Promise<boolean>(done => {
    child.stdout.on('data', words => {
      if (String(words).includes('Balai is ready')) done(true)
    })
  })
  return {
    pid: child.pid ?? 0,
    port,
    ready: Promise.race([said, ended.then(() => false)]),
    words: () => err.slice(-2000),
    async stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}
