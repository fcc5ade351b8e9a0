import type { Hono } from 'hono'
import { LIMITS } from '../../src/lib/limits.ts'
import { listen } from '../../src/listen.ts'
import { issueSignIn } from '../../src/records/sign-in-links.ts'
import { webHouse } from '../channels/web-fixture.ts'
import { ORIGIN } from '../helpers/desk-house.ts'
import { type Check, progress, size } from './check.ts'
import { openPages, type Pages } from './harness/desk-pages.ts'
import { startServer } from './harness/server.ts'
import { type Asked, ask } from './headers/ask.ts'
import { FORGERIES, NAME, NETWORK } from './headers/forged.ts'
import { naiveHouse } from './headers/naive-house.ts'
import { addressOf } from './load/caller.ts'

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }
/** Tries for each that a limit allows at once. */
const TIMES = 3

type Limited = { asked: Omit<Asked, 'from' | 'headers'>; rate: { burst: number; perSecond: number } }
const LIMITED: Record<string, Limited> = {
  sessions: {
    asked: { method: 'POST', path: '/chat/medan/sessions' },
    rate: LIMITS.clientSessions.rate,
  },
  status: {
    asked: { method: 'POST', path: '/lhokseumawe/status', body: 'code=LSM-2611-AAAAAA&pin=123456' },
    rate: LIMITS.clientStatus.rate,
  },
}

/**
 * Guarantee T39: fifty ways of lying about whom a request is from and under which name it was asked for, over real connections. No page holds
 * a name or address of theirs or is another than without them, no limit is lifted, nobody else's is used up (`--every` so manieth of them on pages). The control
 * believes what it is told.
 */
export const check: Check = {
  async run(flags) {
    const every = Math.max(1, size(flags, 'every', 1))
    const server = await startServer()
    try {
      const pages = await openPages(server, 'headers')
      const member = await pages.comes({
        name: 'Rina',
        role: 'admin',
        duties: ['administrator'],
        proved: true,
      })
      const chat = webHouse({ mode: 'live' }).app
      const whole: Pick<Hono, 'fetch'> = {
        fetch: (request, ...rest) =>
          (new URL(request.url).pathname.startsWith('/chat/') ? chat : pages.app).fetch(request, ...rest),
      }
      const links = await opened(whole, port =>
        influenced(port, pathsOf(pages), { cookie: member.cookie, every }),
      )
      const limits = await opened(whole, port => lifted(port, LIMITED))
      const signIns = await opened(whole, port => signedIn(port, pages, member.id))
      progress('control')
      const control = {
        ...(await opened(naiveHouse(), port => influenced(port, ['/lhokseumawe'], { cookie: '', every: 1 }))),
        ...(await opened(naiveHouse(), port => lifted(port, { status: LIMITED.status ?? never() }))),
      }
      const none = links.influenced + links.faults + limits.beyond + limits.othersRefused + signIns.beyond
      return {
        totals: {
          forgeries: FORGERIES.length,
          ...links,
          ...limits,
          signInsBeyond: signIns.beyond,
          controlInfluenced: control.influenced,
          controlBeyond: control.beyond,
          controlOthersRefused: control.othersRefused,
        },
        ok:
          none === 0 &&
          FORGERIES.length >= 50 &&
          links.pages > 20 &&
          limits.refused > 0 &&
          signIns.honest === 1 &&
          control.influenced > 0 &&
          control.beyond > 0,
      }
    } finally {
      await server.stop()
    }
  },
}

function never(): never {
  throw new Error('There is no such limit.')
}

async function opened<T>(app: Pick<Hono, 'fetch'>, work: (port: number) => Promise<T>): Promise<T> {
  const { port, close } = await listen(app.fetch, { host: '127.0.0.1', port: 0 })
  try {
    return await work(port)
  } finally {
    await close()
  }
}

/** Pages that are of no one thing, those of staff among them. */
function pathsOf({ app }: Pages): string[] {
  const paths = app.routes
    .filter(({ method, path }) => method === 'GET' && !path.includes('*') && !/:(?!office)/.test(path))
    .map(({ path }) => path.replace(':office', 'lhokseumawe'))
  return [...new Set(paths)].filter(path => !path.endsWith('/live'))
}

type Visit = { cookie: string; every: number }

/** Pages that hold what was forged, or are others than without it. A name that is none may be refused as such. */
async function influenced(port: number, paths: readonly string[], { cookie, every }: Visit) {
  const total = { pages: paths.length, asked: 0, influenced: 0, faults: 0 }
  const one = (path: string, headers: Record<string, string>, from: string) => {
    total.asked += 1
    return ask(port, { path, from, headers: { cookie, ...headers } })
  }
  for (const path of paths) {
    const plain = await one(path, {}, addressOf(76, 0))
    for (const [n, forge] of FORGERIES.entries()) {
      if (n % every !== 0) continue
      const forged = forge(n)
      const { status, all } = await one(path, forged, addressOf(76, n + 1))
      const isRefused = forged.Host !== undefined && status === 400
      if (status >= 500 && status !== plain.status) total.faults += 1
      if (all.includes(NAME) || all.includes(NETWORK) || (status !== plain.status && !isRefused)) {
        total.influenced += 1
        progress(`${path}: ${status} with ${JSON.stringify(forged).slice(0, 120)}`)
      }
    }
  }
  return total
}

/** From one address, each time as if from another: how many come through beyond what one address may; and whether those others still may. */
async function lifted(port: number, limited: Record<string, Limited>) {
  const total = { tries: 0, refused: 0, beyond: 0, othersRefused: 0 }
  for (const [n, { asked, rate }] of Object.values(limited).entries()) {
    const began = performance.now()
    let taken = 0
    for (let k = 0; k < TIMES * rate.burst + FORGERIES.length; k += 1) {
      total.tries += 1
      const forged = FORGERIES[k % FORGERIES.length]?.(k)
      const headers = { ...FORM, ...forged, 'Content-Length': String(asked.body?.length ?? 0) }
      const { status } = await ask(port, { ...asked, from: addressOf(75, n), headers })
      if (status === 429) total.refused += 1
      else if (status !== 400 && status !== 403) taken += 1
    }
    const allowed = rate.burst + (rate.perSecond * (performance.now() - began)) / 1000 + 1
    total.beyond += Math.max(0, Math.ceil(taken - allowed))
    const { status } = await ask(port, { ...asked, from: `${NETWORK}1`, headers: FORM })
    if (status === 429) total.othersRefused += 1
  }
  return total
}

/** A link that is good comes too late for whoever tried too many, whoever they say they are; and in time for somebody else. */
async function signedIn(port: number, pages: Pages, staffId: string) {
  const path = `/sign-in/${await issueSignIn(pages.db.pool, staffId)}`
  const press = (to: string, from: string, forged: Record<string, string> = {}) => {
    const own = { origin: ORIGIN, 'sec-fetch-site': 'same-origin', ...FORM }
    return ask(port, { method: 'POST', path: to, from, headers: { ...forged, ...own } })
  }
  const { burst, perSecond } = LIMITS.clientSignIns.rate
  const began = performance.now()
  const most = () => burst + (perSecond * (performance.now() - began)) / 1000 + FORGERIES.length
  for (let k = 0; k < most(); k += 1)
    await press(`/sign-in/tebakan-${k}`, addressOf(74, 0), FORGERIES[k % FORGERIES.length]?.(k))
  const late = await press(path, addressOf(74, 0), { 'X-Forwarded-For': `${NETWORK}9` })
  const honest = await press(path, addressOf(74, 1))
  return { beyond: late.status === 303 ? 1 : 0, honest: honest.status === 303 ? 1 : 0 }
}
