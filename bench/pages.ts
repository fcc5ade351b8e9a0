/** `pages`: what pages of staff cost with ten thousand tickets and with a million. */
import { openPages } from '../test/accept/harness/desk-pages.ts'
import { startServer } from '../test/accept/harness/server.ts'
import { print, printAim, progress } from './lines.ts'
import { fillTickets } from './volume/many-tickets.ts'
import { p95 } from './volume/p95.ts'
import { pageTimes } from './volume/page-times.ts'

const SMALL = 10_000
const ROUNDS = 40

/** `tickets` in the end; every page is asked for `ROUNDS` times after some that do not count. */
export async function benchPages({ tickets }: { tickets: number }): Promise<void> {
  const began = performance.now()
  const server = await startServer()
  try {
    const pages = await openPages(server, 'bench_pages')
    const head = await pages.comes({ name: 'Kepala', role: 'head' })
    const reached: Record<string, number[]> = {}
    let from = 0
    for (const to of [SMALL, tickets]) {
      progress(`pages: filling up to ${to}`)
      await fillTickets(pages.db, pages.room.sealing, { from, to })
      from = to
      for (const [name, [times = []]] of Object.entries(await pageTimes([{ pages, head }], ROUNDS))) {
        reached[name] = [...(reached[name] ?? []), p95(times)]
        print({ name: `pages.${name}.${to}`, value: p95(times), unit: 'ms p95' })
      }
    }
    for (const [name, [small = 0, large = 0]] of Object.entries(reached)) {
      printAim({ name: `pages.${name}`, reached: large, unit: 'ms p95', atMost: 200 })
      printAim({ name: `pages.${name}.growth`, reached: large / small, unit: 'times', atMost: 3 })
    }
    print({ name: 'pages.took', value: (performance.now() - began) / 1000, unit: 's' })
  } finally {
    await server.stop()
  }
}
