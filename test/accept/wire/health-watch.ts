import { setTimeout as pause } from 'node:timers/promises'

/** Asks /healthz and /readyz once a second; `wrong` are answers that did not fit the phase they were asked in. */
export function watchHealth(url: string, phase: () => string): { wrong: string[]; stop(): Promise<void> } {
  const wrong: string[] = []
  let stopped = false
  const status = async (path: string) =>
    (await fetch(`${url}${path}`, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined))?.status ??
    'none'
  async function watch(): Promise<void> {
    while (!stopped) {
      const before = phase()
      const [health, ready] = await Promise.all([status('/healthz'), status('/readyz')])
      // While things change either answer is right.
      if (before === phase() && before !== 'changing') {
        if (health !== 200) wrong.push(`${before}: /healthz ${health}`)
        if (ready !== (before === 'up' ? 200 : 503)) wrong.push(`${before}: /readyz ${ready}`)
      }
      await pause(1000)
    }
  }
  const watching = watch()
  return {
    wrong,
    async stop() {
      stopped = true
      await watching
    },
  }
}
