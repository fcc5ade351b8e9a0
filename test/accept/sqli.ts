import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DESK_ROUTES } from '../../src/dashboard/routes.ts'
import type { Db } from '../../src/records/db.ts'
import type { Visitor } from '../helpers/desk-house.ts'
import { type Check, progress, size } from './check.ts'
import { openPages, type Pages } from './harness/desk-pages.ts'
import { startServer } from './harness/server.ts'
import { stringsIn } from './hostile/strings.ts'

const OWN = join(import.meta.dirname, '../fixtures/hostile/sql.txt')
const OFFICE = 'lhokseumawe'
/** What addresses and forms of pages are asked by. */
const NAMES =
  'after answer back before check code desk description do education from id key kind language name note page period pin place q question reason role round scope standing state subject text title to topic unit until verb why words zone'.split(
    ' ',
  )
/** Above what any page takes; a sleep that was obeyed is ten seconds. */
const SLEPT_MS = 9_000

type Route = { method: string; path: string }

/**
 * Guarantee T29: texts that are SQL, those of `--corpora` too, through the addresses and forms of every page of staff and for all, each field
 * by itself and all at once; what citizens say is `accept -- hostile`, which has the same list. No table, column or right is another
 * afterwards, a bait that each would take is untouched, and no page fails or sleeps. The control puts what it is asked into its statement.
 */
export const check: Check = {
  async run(flags) {
    const own = readFileSync(OWN, 'utf8')
      .split('\n')
      .filter(line => line !== '')
    const texts = [...own, ...(flags.corpora === undefined ? [] : stringsIn(flags.corpora))]
    const some = texts.slice(0, size(flags, 'n', texts.length))
    const server = await startServer()
    try {
      const pages = await openPages(server, 'sqli', undefined, () => `${Math.random()}`)
      await pages.files([{ description: 'Lampu padam di simpang' }])
      await bait(pages.db)
      const before = await shapeOf(pages.db)
      const ran = await attack(pages, some)
      const changed = (await shapeOf(pages.db)) === before ? 0 : 1
      const control = await naive(pages.db, own)
      return {
        totals: { texts: some.length, ...ran, changed, controlChanged: control },
        ok: ran.failed + ran.slept + changed === 0 && ran.asked > some.length && control > 0,
      }
    } finally {
      await server.stop()
    }
  },
}

async function bait({ pool }: Db): Promise<void> {
  await pool.query('create table if not exists bait (kept text)')
  await pool.query(`delete from bait; insert into bait values ('tetap')`)
}

/** All that an injected order would change: tables, columns, rights, functions, and what is in the bait; as one text. */
async function shapeOf({ pool }: Db): Promise<string> {
  const { rows } = await pool.query(
    `select (select json_agg(c order by c::text) from (select table_schema, table_name, column_name, data_type
         from information_schema.columns where table_schema not in ('pg_catalog', 'information_schema')) c) as columns,
       (select json_agg(r order by r::text) from (select relname, relacl::text from pg_class where relnamespace = 'public'::regnamespace) r) as rights,
       (select count(*) from pg_proc) as functions, (select json_agg(kept) from bait) as bait`,
  )
  return JSON.stringify(rows)
}

async function attack(pages: Pages, texts: readonly string[]) {
  const total = { routes: 0, asked: 0, failed: 0, slept: 0 }
  const head = await pages.comes({ name: 'Kepala', role: 'admin', duties: ['administrator'], proved: true })
  const staff: Route[] = DESK_ROUTES.filter(({ path }) => !/sign-out|leave/.test(path)).map(
    ({ method, path }) => ({ method, path: `/desk/${OFFICE}${path}` }),
  )
  const open: Route[] = pages.app.routes
    .filter(({ method, path }) => ['GET', 'POST'].includes(method) && !/^\/(desk|sign-in)|\*/.test(path))
    .map(({ method, path }) => ({ method: method.toLowerCase(), path: path.replace(':office', OFFICE) }))
  total.routes = staff.length + open.length
  for (const [n, text] of texts.entries()) {
    for (const [k, { method, path }] of [...staff, ...open].entries()) {
      const one = NAMES[(n + k) % NAMES.length] ?? ''
      for (const fields of [{ [one]: text }, Object.fromEntries(NAMES.map(name => [name, text]))])
        await ask(head, method, filled(path, text), fields, total)
    }
    if (n % 10 === 0) progress(`${n}: ${JSON.stringify(total)}`)
  }
  return total
}

const filled = (path: string, text: string) => path.replace(/:\w+(?:\{[^}]*\})?/g, encodeURIComponent(text))

async function ask(
  who: Visitor,
  method: string,
  path: string,
  fields: Record<string, string>,
  total: { asked: number; failed: number; slept: number },
): Promise<void> {
  const where = `${path}?${new URLSearchParams(fields)}`
  const began = performance.now()
  const { status } = await (method === 'get' ? who.get(where) : who.post(where, fields))
  total.asked += 1
  if (performance.now() - began > SLEPT_MS) total.slept += 1
  if (status < 500) return
  total.failed += 1
  progress(`${status} ${method} ${where.slice(0, 160)}`)
}

/** What is often written; how many of these texts changed something. */
async function naive(db: Db, texts: readonly string[]): Promise<number> {
  let changed = 0
  for (const text of texts.filter(one => !/sleep|lock|vacuum|copy|set /.test(one))) {
    await bait(db)
    const before = await shapeOf(db)
    await db.pool.query(`select kept from bait where kept = '${text}'`).catch(() => undefined)
    const after = await shapeOf(db).catch(() => 'gone')
    if (after !== before) changed += 1
    await db.pool.query('drop table if exists bait, bait2, umpan')
  }
  return changed
}
