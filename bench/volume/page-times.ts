import { transaction } from '../../src/records/db.ts'
import { reckonFigures } from '../../src/records/figures.ts'
import type { Pages } from '../../test/accept/harness/desk-pages.ts'
import type { Visitor } from '../../test/helpers/desk-house.ts'

const DESK = '/desk/lhokseumawe'
const OFFICE = { id: 'lhokseumawe', zone: 'Asia/Jakarta', desks: ['general'] }
/** Askings that do not count. */
const WARM = 5

/** A house whose pages are asked for by this head. */
export type Asked = { pages: Pages; head: Visitor }

/**
 * Milliseconds each page of staff took at each of these houses, by its name, asked for `rounds` times. Houses are asked one after the
 * other each time, so that all of them meet the same disturbances.
 */
export async function pageTimes(houses: Asked[], rounds: number): Promise<Record<string, number[][]>> {
  const codes: string[][] = []
  for (const { pages } of houses) {
    await transaction(pages.db, client => reckonFigures(client, OFFICE, new Date()))
    const { rows } = await pages.db.pool.query<{ code: string }>(
      `select code from tickets where status = 'in_progress' order by code limit ${rounds + WARM}`,
    )
    codes.push(rows.map(({ code }) => code))
  }
  const paths: Record<string, (n: number, codes: string[]) => string> = {
    list: () => '/tickets',
    ended: () => '/tickets?scope=ended',
    ticket: (n, all) => `/tickets/${all[n % all.length]}`,
    search: n => `/tickets?q=lampu+nomor${'abcdefghij'[n % 10]}k`,
    common: () => '/tickets?q=lampu',
    figures: () => '/figures',
    years: () => '/figures?from=2023-01-01',
  }
  const times: Record<string, number[][]> = {}
  for (const [name, path] of Object.entries(paths)) {
    const each: number[][] = houses.map(() => [])
    for (let n = 0; n < rounds + WARM; n++)
      for (const [house, { head }] of houses.entries()) {
        const began = performance.now()
        const answer = await head.get(`${DESK}${path(n, codes[house] ?? [])}`)
        await answer.text()
        if (answer.status !== 200) throw new Error(`${name}: ${answer.status}`)
        if (n >= WARM) each[house]?.push(performance.now() - began)
      }
    times[name] = each
  }
  return times
}
