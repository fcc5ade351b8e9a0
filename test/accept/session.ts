import { randomBytes, randomUUID } from 'node:crypto'
import { changeDuty } from '../../src/records/duties.ts'
import { hashOfToken, issueSignIn } from '../../src/records/sign-in-links.ts'
import { staffLeaves } from '../../src/records/staff.ts'
import { proveSession } from '../../src/records/staff-sessions.ts'
import { cookieIn, type Visitor } from '../helpers/desk-house.ts'
import { type Check, size } from './check.ts'
import { openPages, type Pages } from './harness/desk-pages.ts'
import { startServer } from './harness/server.ts'

const ME = '/desk/lhokseumawe/me'
const AT_ONCE = 50

/**
 * Guarantee T11: `--planted` cookies that somebody put there before a sign-in never become a session; a link is used once, however
 * many press at the same moment; and a session is over with the next sign-in, the second factor, a new duty, leaving the list,
 * half an hour of silence and twelve hours of work. The control keeps the cookie it is given, and must be seen.
 */
export const check: Check = {
  async run(flags) {
    const planted = size(flags, 'planted', 1000)
    const server = await startServer()
    try {
      const pages = await openPages(server, 'session', undefined, randomUUID)
      const rina = await pages.comes({ name: 'Rina' })
      let valid = 0
      for (let n = 0; n < planted; n++) if (await isPlanted(pages, rina)) valid += 1
      const oldAlive = await survivors(pages)
      const winners = await race(pages, rina.id)
      const control = await keepsWhatItIsGiven(pages, rina)
      return {
        totals: {
          planted,
          valid,
          ...oldAlive.named,
          oldAlive: oldAlive.count,
          raced: AT_ONCE,
          winners,
          control,
        },
        ok: valid === 0 && oldAlive.count === 0 && winners === 1 && control,
      }
    } finally {
      await server.stop()
    }
  },
}

function plantedCookie(): string {
  return `__Host-balai=${randomBytes(32).toString('base64url')}`
}

async function isSignedIn(pages: Pages, cookie: string): Promise<boolean> {
  return (await pages.visitor(cookie).get(ME)).status === 200
}

async function isPlanted(pages: Pages, who: Visitor): Promise<boolean> {
  const cookie = plantedCookie()
  const { status } = await pages.visitor(cookie).post(`/sign-in/${await issueSignIn(pages.db.pool, who.id)}`)
  if (status !== 303) throw new Error(`Nobody was signed in: ${status}.`)
  return isSignedIn(pages, cookie)
}

/** Ways a session has to end; how many outlive theirs. */
async function survivors(pages: Pages): Promise<{ count: number; named: Record<string, boolean> }> {
  const age = (column: string, minutes: number) => (id: string) =>
    pages.db.pool.query(
      `update staff_sessions set ${column} = now() - $2 * interval '1 minute' where staff_id = $1`,
      [id, minutes],
    )
  const ways: Record<string, (id: string, cookie: string) => Promise<unknown>> = {
    signIn: async (id, cookie) =>
      pages.visitor(cookie).post(`/sign-in/${await issueSignIn(pages.db.pool, id)}`),
    secondFactor: (_, cookie) => proveSession(pages.db.pool, cookie.split('=')[1] ?? ''),
    newDuty: async id => {
      const { id: by } = await pages.comes({ name: 'Admin', role: 'admin' })
      await changeDuty(pages.db, { to: id, duty: 'approver', by, give: true }, async () => undefined)
    },
    leaving: id => staffLeaves(pages.db, id),
    silence: age('seen_at', 31),
    twelveHours: age('begun_at', 721),
    signOut: (_, cookie) => pages.visitor(cookie).post('/desk/lhokseumawe/sign-out'),
  }
  const named: Record<string, boolean> = {}
  for (const [name, way] of Object.entries(ways)) {
    const { id, cookie } = await pages.comes({ name: `Sesi ${name}` })
    if (!(await isSignedIn(pages, cookie))) throw new Error('The session never began.')
    await way(id, cookie)
    if (await isSignedIn(pages, cookie)) named[`alive.${name}`] = true
  }
  return { count: Object.keys(named).length, named }
}

async function race(pages: Pages, id: string): Promise<number> {
  const link = await issueSignIn(pages.db.pool, id)
  const presses = Array.from({ length: AT_ONCE }, () => pages.visitor('').post(`/sign-in/${link}`))
  const cookies = (await Promise.all(presses)).map(cookieIn).filter(cookie => cookie.includes('balai='))
  return cookies.length
}

/** What a sign-in that keeps the cookie it was given would leave behind; true when this check would have seen it. */
async function keepsWhatItIsGiven(pages: Pages, { id }: Visitor): Promise<boolean> {
  const cookie = plantedCookie()
  await pages.db.pool.query(
    'insert into staff_sessions (hash, staff_id, begun_at, seen_at) values ($1, $2, now(), now())',
    [hashOfToken(cookie.split('=')[1] ?? ''), id],
  )
  return isSignedIn(pages, cookie)
}
