/** `pages`: what pages of staff cost with ten thousand tickets and with a million. */
import { transaction } from '../src/records/db.ts'
import { reckonFigures } from '../src/records/figures.ts'
import { openPages } from '../test/accept/harness/desk-pages.ts'
import { startServer } from '../test/accept/harness/server.ts'
import { print, printAim, progress } from './lines.ts'
import { fillTickets } from './pages/many-tickets.ts'

const SMALL = 10_000
const ROUNDS = 40
const DESK = '/desk/lhokseumawe'

/** `tickets` in the end; every page is asked for `ROUNDS` times after some that do not count. */
export async function benchPages({ tickets }: { tickets: number }): Promise<void> {
  const server = await startServer()
  try {
    const pages = await openPages(server, 'bench_pages')
    const head = await pages.comes({ name: 'Kepala', role: 'head' })
    const p95: Record<string, number[]> = {}
    let from = 0
    for (const to of [SMALL, tickets]) {
      progress(`pages: filling up to ${to}`)
      await fillTickets(pages.db, pages.room.sealing, { from, to })
      from = to
      await pages.db.pool.query('analyze')
      await transaction(pages.db, client =>
        reckonFigures(client, { id: 'lhokseumawe', zone: 'Asia/Jakarta', desks: ['general'] }, new Date()),
      )
      const { rows } = await pages.db.pool.query<{ code: string }>(
        `select code from tickets where status = 'in_progress' order by code limit ${ROUNDS + 5}`,
      )
      const paths: Record<string, (n: number) => string> = {
        list: () => '/tickets',
        ended: () => '/tickets?scope=ended',
        ticket: n => `/tickets/${rows[n % rows.length]?.code}`,
        search: n => `/tickets?q=lampu+nomor${'abcdefghij'[n % 10]}k`,
        common: () => '/tickets?q=lampu',
        figures: () => '/figures',
      }
      for (const [name, path] of Object.entries(paths)) {
        const times: number[] = []
        for (let n = 0; n < ROUNDS + 5; n++) {
          const began = performance.now()
          const answer = await head.get(`${DESK}${path(n)}`)
          await answer.text()
          if (answer.status !== 200) throw new Error(`${name}: ${answer.status}`)
          if (n >= 5) times.push(performance.now() - began)
        }
        const value = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0
        p95[name] = [...(p95[name] ?? []), value]
        print({ name: `pages.${name}.${to}`, value, unit: 'ms p95' })
      }
    }
    for (const [name, [small = 0, large = 0]] of Object.entries(p95)) {
      printAim({ name: `pages.${name}`, reached: large, unit: 'ms p95', atMost: 200 })
      printAim({ name: `pages.${name}.growth`, reached: large / small, unit: 'times', atMost: 3 })
    }
  } finally {
    await server.stop()
  }
}
