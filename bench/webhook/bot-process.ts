import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BotName } from './bots.ts'

/** `cpuUs` is all it has used since it began, `megabytes` the most it ever held. */
export type Standing = { records: number; cpuUs: number; megabytes: number }
export type BotProcess = { port: number; standing(): Promise<Standing>; kill(): void }

const child = fileURLToPath(new URL('child.ts', import.meta.url))

export async function startBot(name: BotName, url: string, apiRoot: string): Promise<BotProcess> {
  const running = fork(child, [name, url, apiRoot], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const next = <T>() =>
    new Promise<T>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`telegram: ${name} ended with ${code}`))
      running.once('exit', ended)
      running.once('message', told => {
        running.off('exit', ended)
        resolve(told as T)
      })
    })
  const { port } = await next<{ port: number }>()
  return {
    port,
    standing() {
      const told = next<Standing>()
      running.send('standing')
      return told
    },
    kill: () => void running.kill('SIGKILL'),
  }
}
