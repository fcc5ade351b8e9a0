import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../test/accept/harness/free-port.ts'
import { startArguments } from '../../test/helpers/start-arguments.ts'
import { cpuOf, memoryOf, treeOf } from './tree.ts'

/** `memory` of the program itself in MiB, `others` of what it started; `cpu` of both in percent of a core, when nobody writes. */
export type Rest = { memory: number; others: number; cpu: number }

const [SETTLE_MS, WATCH_MS] = [15_000, 10_000]

/**
 * The whole program once, until `/readyz` answers; then, with `at`, what is done to it while it runs. Seconds count from the
 * spawn to that answer. Throws with its words when it ends instead.
 */
export async function runOnce(
  root: string,
  env: Record<string, string>,
  at: (pid: number) => Promise<void> = async () => undefined,
): Promise<number> {
  const port = String(await freePort())
  const began = performance.now()
  const child = spawn(process.execPath, startArguments(), {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, HOME: '/nonexistent', PORT: port, LOG_LEVEL: 'error', ...env },
  })
  let words = ''
  child.stderr.on('data', part => {
    words += part
  })
  const ended = once(child, 'close')
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null) throw new Error(`It did not start: ${words.slice(-2000)}`)
      await pause(20)
    }
    const seconds = (performance.now() - began) / 1000
    await at(child.pid ?? 0)
    return seconds
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}

/** Once start and caches are over, over ten seconds. */
export async function restOf(pid: number): Promise<Rest> {
  await pause(SETTLE_MS)
  const others = treeOf(pid).filter(one => one !== pid)
  const before = cpuOf([pid, ...others])
  await pause(WATCH_MS)
  const cpu = ((cpuOf([pid, ...others]) - before) / WATCH_MS) * 100
  return { memory: memoryOf([pid]), others: memoryOf(others), cpu }
}

async function isReady(port: string): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  )
}
