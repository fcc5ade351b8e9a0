import { transaction } from '../../src/records/db.ts'
import { reckonFigures } from '../../src/records/figures.ts'
import type { Pages } from '../../test/accept/harness/desk-pages.ts'
import type { Visitor } from '../../test/helpers/desk-house.ts'
import { timed } from './p95.ts'

const DESK = '/desk/lhokseumawe'
const OFFICE = { id: 'lhokseumawe', zone: 'Asia/Jakarta', desks: ['general'] }

/** Milliseconds each page of staff took, by its name, asked for `rounds` times by this head. */
export async function pageTimes(
  pages: Pages,
  head: Visitor,
  rounds: number,
): Promise<Record<string, number[]>> {
  await transaction(pages.db, client => reckonFigures(client, OFFICE, new Date()))
  const { rows } = await pages.db.pool.query<{ code: string }>(
    `select code from tickets where status = 'in_progress' order by code limit ${rounds + 5}`,
  )
  const paths: Record<string, (n: number) => string> = {
    list: () => '/tickets',
    ended: () => '/tickets?scope=ended',
    ticket: n => `/tickets/${rows[n % rows.length]?.code}`,
    search: n => `/tickets?q=lampu+nomor${'abcdefghij'[n % 10]}k`,
    common: () => '/tickets?q=lampu',
    figures: () => '/figures',
    years: () => '/figures?from=2023-01-01',
  }
  const times: Record<string, number[]> = {}
  for (const [name, path] of Object.entries(paths))
    times[name] = await timed(rounds, async n => {
      const answer = await head.get(`${DESK}${path(n)}`)
      await answer.text()
      if (answer.status !== 200) throw new Error(`${name}: ${answer.status}`)
    })
  return times
}
