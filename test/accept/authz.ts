import { randomUUID } from 'node:crypto'
import type { DeskRoute } from '../../src/dashboard/door.ts'
import { DESK_ROUTES } from '../../src/dashboard/routes.ts'
import { TOLD_ADDRESSES } from '../../src/doors/told-addresses.ts'
import { DUTIES, type Duty } from '../../src/records/duties.ts'
import type { Visitor } from '../helpers/desk-house.ts'
import { type Check, progress } from './check.ts'
import { openPages, type Pages } from './harness/desk-pages.ts'
import { naiveDesk } from './harness/naive-desk.ts'
import { startServer } from './harness/server.ts'

/** Addresses outside the pages of staff, as the list of doors tells them (`src/doors`); anything else is a door nobody thought of. */
const OUTSIDE = new Set(
  TOLD_ADDRESSES.flatMap(({ doors }) => doors.map(door => door.slice(door.indexOf(' ') + 1))),
)

type Whose = 'own' | 'foreign' | 'none'

/**
 * Guarantee T10: every route of the table, as somebody with each duty alone and with none, in their own office, in another and
 * signed out; and every route about a ticket with one of a desk that is not theirs. The control opens the same table without
 * looking who asks.
 */
export const check: Check = {
  async run() {
    const server = await startServer()
    try {
      const control = await walk(await openPages(server, 'authz_control', naiveDesk))
      progress(`control: ${JSON.stringify(control)}`)
      const ran = await walk(await openPages(server, 'authz'))
      return {
        totals: { ...ran, controlUnexpected: control.unexpected2xx },
        ok:
          ran.uncovered === 0 &&
          ran.unexpected2xx === 0 &&
          ran.wronglyRefused === 0 &&
          ran.changed === 0 &&
          control.unexpected2xx > 0,
      }
    } finally {
      await server.stop()
    }
  },
}

async function walk(pages: Pages) {
  const [open = '', secret = ''] = await pages.files([
    { description: 'Lampu padam di simpang' },
    { description: 'Kepala loket meminta uang', mode: 'rahasia' },
  ])
  const total = {
    routes: DESK_ROUTES.length,
    tries: 0,
    unexpected2xx: 0,
    wronglyRefused: 0,
    changed: 0,
    uncovered: 0,
  }
  total.uncovered = pages.app.routes.filter(({ path }) => !isCovered(path)).length
  const everybody = await people(pages)
  const before = await traces(pages)
  // Refusals first: whoever may do a thing changes what the others would meet.
  for (const allowed of [false, true])
    for (const route of DESK_ROUTES)
      for (const { who, duty } of everybody)
        for (const whose of ['own', 'foreign', 'none'] as Whose[]) {
          const may = whose === 'own' && duty !== undefined && route.for.includes(duty)
          if (may !== allowed) continue
          // Signing out ends the visitor everything else is tried as.
          if (may && route.path.startsWith('/sign-out')) continue
          total.tries += 1
          const status = await ask(pages, route, whose === 'none' ? undefined : who, whose, open)
          if (!may && status < 400) total.unexpected2xx += 1
          if (may && (status === 401 || status === 403)) {
            progress(`${route.method} ${route.path} as ${duty}: ${status}`)
            total.wronglyRefused += 1
          }
          if (!may && status < 400) progress(`${route.method} ${route.path} as ${duty} (${whose}): ${status}`)
        }
  const operator = everybody.find(({ duty }) => duty === 'operator')
  for (const route of DESK_ROUTES.filter(({ path }) => path.includes(':code'))) {
    total.tries += 1
    const status = await ask(pages, route, operator?.who, 'own', secret)
    if (status < 400) total.unexpected2xx += 1
  }
  total.changed = (await traces(pages)) === before ? 0 : 1
  return total
}

function isCovered(path: string): boolean {
  return (
    OUTSIDE.has(path) ||
    DESK_ROUTES.some(route => path === `/desk/:office${route.path === '/' ? '' : route.path}`)
  )
}

/** One person for each duty, and one with none, all with the second factor given. */
async function people(pages: Pages): Promise<{ who: Visitor; duty: Duty | undefined }[]> {
  const all: { who: Visitor; duty: Duty | undefined }[] = []
  for (const duty of [...DUTIES, undefined])
    all.push({
      duty,
      who: await pages.comes({
        name: `P-${duty ?? 'none'}`,
        role: 'observer',
        duties: duty === undefined ? [] : [duty],
        proved: true,
      }),
    })
  return all
}

async function ask(
  pages: Pages,
  route: DeskRoute,
  who: Visitor | undefined,
  whose: Whose,
  code: string,
): Promise<number> {
  const office = whose === 'foreign' ? 'medan' : 'lhokseumawe'
  const path = `/desk/${office}${route.path === '/' ? '' : route.path}`
    .replace(':code', code)
    .replace(':id', randomUUID())
    .replace(':desk', 'general')
  const visitor = who ?? pages.visitor('')
  const form = { verb: 'look', key: randomUUID() }
  const answer = route.method === 'get' ? await visitor.get(path) : await visitor.post(path, form)
  await answer.body?.cancel()
  return answer.status
}

/** What must be as it was: nobody here sends words with which anything could be done. */
async function traces({ db }: Pages): Promise<string> {
  const { rows } = await db.pool.query<{ all: string }>(
    `select concat((select string_agg(md5(t::text), ',' order by id) from tickets t), (select count(*) from staff),
       (select count(*) from staff_duties), (select count(*) from ticket_events), (select count(*) from prepared_replies),
       (select string_agg(concat(role, desks), ',' order by id) from staff), (select count(*) from wordings),
       (select count(*) from whatsapp_sessions),
       (select count(*) from listing_changes), (select count(*) from listing_drafts), (select count(*) from announcement_versions),
       (select count(*) from survey_plans), (select count(*) from survey_points), (select count(*) from survey_figures)) as all`,
  )
  return rows[0]?.all ?? ''
}
