import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startArguments } from '../../helpers/start-arguments.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The real program in a process of its own, as `npm start` runs it. Started again, it keeps port, folder and log. */
export type Balai = {
  url: string
  dataDir: string
  /** Everything it ever wrote, over all its lives. */
  stderr(): string
  stdout(): string
  /** Resolves when it can serve; throws with its last words when it ends instead. */
  start(): Promise<void>
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>
  /** SIGKILL: no handler runs. */
  kill(): Promise<void>
  /** Stops it if it runs, and removes its folder. */
  remove(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const at = server.address()
  await new Promise(done => server.close(done))
  return typeof at === 'object' && at !== null ? at.port : 0
}

/** Not started yet. `env` adds to what every run gets: trial mode, debug log, a folder of its own. */
export async function openBalai(env: Record<string, string> = {}): Promise<Balai> {
  const home = await mkdtemp(join(tmpdir(), 'balai-accept-canary-'))
  // So that the database server's user can pass.
  await chmod(home, 0o755)
  const dataDir = join(home, 'data')
  const port = await freePort()
  let [out, err] = ['', '']
  let child: ReturnType<typeof spawn> | undefined
  let isEnding = false

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const ending = child
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return null
    isEnding = true
    const exit = once(ending, 'close')
    ending.kill(signal)
    const [code] = await exit
    isEnding = false
    return code
  }

  return {
    url: `http://127.0.0.1:${port}`,
    dataDir,
    stderr: () => err,
    stdout: () => out,
    async start() {
      const before = out.length
      const started = spawn(process.execPath, startArguments(), {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: process.env.PATH ?? '',
          HOME: home,
          PORT: String(port),
          HOST: '127.0.0.1',
          MODE: 'trial',
          LOG_LEVEL: 'debug',
          DATA_DIR: dataDir,
          SEALING_KEY_FILE: join(home, 'sealing.key'),
          OFFICES: 'medan',
          ...env,
        },
      })
      child = started
      started.once('exit', (code, signal) => {
        if (!isEnding) err += `Balai ended by itself: ${code ?? signal}\n`
      })
      started.stdout?.on('data', words => {
        out += words
      })
      started.stderr?.on('data', words => {
        err += words
      })
      await new Promise<void>((done, fail) => {
        started.stdout?.on('data', () => {
          if (out.slice(before).includes('Balai is ready at http://')) done()
        })
        started.once('close', () => fail(new Error(`Balai ended at its start:\n${err.slice(-2000)}`)))
      })
    },
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
    async remove() {
      await end('SIGTERM')
      await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
  }
}
