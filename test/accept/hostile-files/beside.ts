import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openBalai } from '../canary/balai.ts'
import { progress, type Verdict } from '../check.ts'
import { quantile } from '../harness/talkers.ts'
import { addressOf, openCaller } from '../load/caller.ts'
import { openPeople } from '../load/polite.ts'
import { swapped } from '../load/swapped.ts'
import type { Hostile } from './corpus.ts'
import { throughDoor } from './ways.ts'

/** What others may wait while bombs are taken in; where the machine itself is slow, so many times what they wait without. */
const BESIDE_MS = 300
const RATIO = 3
const PEOPLE = 6
const CALM_MS = 15_000
const LOOKS_MS = 400
/** Bombs, floods of pixels and frames, and what is as large as may be. */
const COSTLY = /bomb|flood|frames|passes|large/
const BOMBS = 20

type Beside = {
  calmP95ms: number
  besideP95ms: number
  pagesCalmP95ms: number
  pagesP95ms: number
  besideRefused: number
}

/** People who chat and staff who look at a page, alone and beside twenty of these files that cost; and a control that must be seen. */
export async function besideBombs(files: readonly Hostile[]): Promise<Verdict> {
  const costly = files.filter(({ what }) => COSTLY.test(what))
  const bombs = [...costly, ...costly, ...costly].slice(0, BOMBS)
  progress(`${bombs.length} bombs beside others`)
  const found = await beside(bombs)
  const oneThread = join(import.meta.dirname, 'on-one-thread.ts')
  const control = await beside(bombs, swapped({ '/src/records/redraw-picture.ts': oneThread }))
  return {
    totals: {
      bombs: bombs.length,
      ...found,
      controlBesideP95ms: control.besideP95ms,
      controlPagesP95ms: control.pagesP95ms,
    },
    ok: bombs.length === BOMBS && isUnmoved(found) && !isUnmoved(control),
  }
}

/** Whether nobody waited for a bomb: as little as is promised, or not much longer than without. */
function isUnmoved({ calmP95ms, besideP95ms, pagesCalmP95ms, pagesP95ms, besideRefused }: Beside): boolean {
  const isIn = (ms: number, calm: number) => ms < Math.max(BESIDE_MS, RATIO * calm)
  return besideRefused === 0 && isIn(besideP95ms, calmP95ms) && isIn(pagesP95ms, pagesCalmP95ms)
}

async function beside(bombs: Hostile[], env: Record<string, string> = {}): Promise<Beside> {
  const balai = await openBalai({ TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'warn', ...env })
  try {
    await balai.start()
    const people = await openPeople(balai.url, PEOPLE, n => addressOf(5, n))
    const staff = await openStaff(balai.url)
    await people.watch(4_000)
    const [calm, looked] = await Promise.all([people.watch(CALM_MS), staff.looks(CALM_MS)])
    let isOver = false
    const senders = [bombs, bombs.toReversed()].map(async turned => {
      while (!isOver) for await (const _ of throughDoor(balai.url).pass(turned)) if (isOver) return
    })
    const [met, metByStaff] = await Promise.all([people.watch(2 * CALM_MS), staff.looks(2 * CALM_MS)])
    isOver = true
    await Promise.all(senders)
    people.close()
    staff.close()
    await balai.stop()
    const found = {
      calmP95ms: quantile(calm.latencies, 0.95),
      besideP95ms: quantile(met.latencies, 0.95),
      pagesCalmP95ms: quantile(looked.latencies, 0.95),
      pagesP95ms: quantile(metByStaff.latencies, 0.95),
      besideRefused: met.refused + met.unanswered + metByStaff.refused,
    }
    progress(JSON.stringify(found))
    return found
  } finally {
    await balai.remove()
  }
}

/** Somebody of staff, signed in as trial mode lets everybody, who looks at the list of reports again and again. */
async function openStaff(url: string) {
  const signedIn = await signIn(url)
  const caller = openCaller(url, addressOf(6, 0), 1, signedIn)
  return {
    async looks(ms: number) {
      const met = { latencies: [] as number[], refused: 0 }
      for (const until = performance.now() + ms; performance.now() < until; await pause(LOOKS_MS)) {
        const began = performance.now()
        const { status } = await caller.get('/desk/medan/tickets')
        if (status === 200) met.latencies.push(performance.now() - began)
        else met.refused += 1
      }
      return met
    },
    close: () => caller.close(),
  }
}

/** The cookie of a session. */
async function signIn(url: string): Promise<string> {
  const post = (path: string, body: string) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      body,
      headers: {
        Origin: url,
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'application/x-www-form-urlencoded',
      },
    })
  let answer = await post('/sign-in/trial/medan', 'as=head')
  const next = answer.headers.get('location') ?? ''
  if (next.startsWith('/sign-in/')) answer = await post(next, '')
  const cookie = answer.headers
    .getSetCookie()
    .map(one => one.split(';')[0])
    .join('; ')
  if (cookie === '') throw new Error('Nobody of staff could sign in.')
  return cookie
}
