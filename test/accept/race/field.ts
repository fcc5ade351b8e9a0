import { openDb } from '../../../src/records/db.ts'
import type { Duty } from '../../../src/records/duties.ts'
import type { Role } from '../../../src/records/staff.ts'
import type { Visitor } from '../../helpers/desk-house.ts'
import { openPages, type Pages } from '../harness/desk-pages.ts'
import type { Records, Server } from '../harness/server.ts'
import { type Served, serveApp } from './served.ts'

/** Connections: with fewer than who comes at once, the pool would put them in a queue. */
const CONNECTIONS = 60

/** Where races are run: the pages over HTTP on a database of their own. */
export type Field = {
  pages: Pages
  records: Records
  served: Served
  atOnce: number
  /** So many people of one kind, each signed in. */
  people(count: number, who: { role?: Role; duties?: Duty[]; proved?: boolean }): Promise<Visitor[]>
  /** The only number a query gives. */
  count(text: string, values?: unknown[]): Promise<number>
  close(): Promise<void>
}

/** How a race ended: how many won what one may win, and answers that no program should give. */
export type Ended = { won: number; may?: number; failed: number }
export type Race = (field: Field) => Promise<Ended>

export async function openField(server: Server, name: string, atOnce: number): Promise<Field> {
  const given = await server.database(name)
  const db = openDb(given.address, { max: CONNECTIONS })
  const records = { ...given, db }
  // Opened one after another before: that many at once would take longer than anybody is kept waiting for one.
  const held = []
  for (let n = 0; n < Math.min(atOnce + 2, CONNECTIONS); n += 1) held.push(await db.pool.connect())
  for (const one of held) one.release()
  let client = 0
  const pages = await openPages({ database: async () => records }, name, undefined, () => `${client++}`)
  const served = await serveApp(pages.app)
  let named = 0
  return {
    pages,
    records,
    served,
    atOnce,
    people: (count, who) =>
      Promise.all(Array.from({ length: count }, () => pages.comes({ name: `Petugas ${named++}`, ...who }))),
    async count(text, values = []) {
      const { rows } = await db.pool.query<{ count: string }>(text, values)
      return Number(rows[0]?.count ?? 0)
    },
    async close() {
      await served.close()
      await db.close()
    },
  }
}

/** Answers of the 500s: whoever loses is told so, nobody is told that we broke. To come again in a moment (503) is none. */
export function failures(answers: readonly Response[]): number {
  return answers.filter(({ status }) => status >= 500 && status !== 503).length
}
