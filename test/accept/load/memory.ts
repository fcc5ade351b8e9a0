import { openCaller } from './caller.ts'

/** What the program tells of itself while something is going on. */
export type Watched = { rssMiB: number; heapMiB: number; lateMs: number; level: number; missed: number }

/** Looks at `/metrics` twice a second, from an address of its own, until it is stopped; the most of each. */
export function watchMetrics(url: string): { now(): Promise<Watched>; stop(): Promise<Watched> } {
  const caller = openCaller(url, '127.9.9.9')
  const most: Watched = { rssMiB: 0, heapMiB: 0, lateMs: 0, level: 0, missed: 0 }

  async function now(): Promise<Watched> {
    const { status, body } = await caller.get('/metrics')
    const value = (name: string) => Number(new RegExp(`^balai_${name} (.*)$`, 'm').exec(body)?.[1] ?? 0)
    return {
      rssMiB: Math.round(value('resident_memory_bytes') / 1024 ** 2),
      heapMiB: Math.round(value('heap_bytes') / 1024 ** 2),
      lateMs: Math.round(value('event_loop_late_seconds') * 1000),
      level: value('load_level'),
      missed: status === 200 ? 0 : 1,
    }
  }

  async function look(): Promise<void> {
    const seen = await now()
    for (const name of Object.keys(most) as (keyof Watched)[])
      most[name] = name === 'missed' ? most[name] + seen[name] : Math.max(most[name], seen[name])
  }
  let looking = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, 500)
  return {
    now,
    async stop() {
      clearInterval(timer)
      await looking
      caller.close()
      return most
    },
  }
}
