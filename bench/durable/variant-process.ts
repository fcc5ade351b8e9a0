import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Idle, Order, Ran, Report } from './line.ts'
import type { DurableName } from './lines.ts'

export type VariantProcess = {
  run(citizens: number, seconds: number): Promise<Ran>
  idle(repeats: number): Promise<Idle>
  /** Commits so far as this process counts them, with the server's count brought up to date. */
  flush(): Promise<number>
  close(): Promise<void>
  /** Ends the process at once, if it still runs. */
  kill(): void
}

const child = fileURLToPath(new URL('child.ts', import.meta.url))

/** Starts a variant that stays: its pool is open and its code warm, and it waits while others have their turn. */
export async function startVariant(name: DurableName, url: string): Promise<VariantProcess> {
  const running = fork(child, [name, url], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const next = () =>
    new Promise<Report>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`durable: ${name} ended with ${code}`))
      running.once('exit', ended)
      running.once('message', report => {
        running.off('exit', ended)
        resolve(report as Report)
      })
    })
  const ask = (order: Order) => {
    const answer = next()
    running.send(order)
    return answer
  }
  await next()
  return {
    async run(citizens, seconds) {
      const report = await ask({ do: 'run', citizens, seconds })
      if ('ran' in report) return report.ran
      throw new Error(`durable: ${name} answered something else`)
    },
    async idle(repeats) {
      const report = await ask({ do: 'idle', repeats })
      if ('idle' in report) return report.idle
      throw new Error(`durable: ${name} answered something else`)
    },
    async flush() {
      const report = await ask({ do: 'flush' })
      if ('flushed' in report) return report.flushed
      throw new Error(`durable: ${name} answered something else`)
    },
    async close() {
      await ask({ do: 'close' })
      running.disconnect()
    },
    kill: () => void running.kill('SIGKILL'),
  }
}
