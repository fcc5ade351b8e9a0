import { progress } from '../check.ts'
import { comesToRest } from './comes-to-rest.ts'
import { createPerson, NoAnswer, type Person } from './people.ts'
import type { Platform } from './platform.ts'
import type { Child } from './process.ts'
import { answer, complain, disagree } from './scripts.ts'
import type { Records } from './server.ts'
import type { Orders } from './wire.ts'

const MODES = ['Terbuka', 'Rahasia', 'Anonim'] as const
export type Mode = (typeof MODES)[number]

/** What became of three citizens and the staff who answer them. */
export type Walked = {
  platform: Platform
  citizens: { mode: Mode; person: Person; confirmed: boolean; code: string }[]
  desks: Person[]
  /** Everybody read what they waited for, and nothing was left to do. */
  quiet: boolean
}

/** Lets fresh citizens complain, staff answer and citizens disagree, whatever happens to the line meanwhile. */
export async function walk(platform: Platform, records: Records, name: string): Promise<Walked> {
  const desks = {
    Terbuka: deskPerson(platform, 'general'),
    Rahasia: deskPerson(platform, 'pengawasan'),
    Anonim: undefined,
  }
  const citizens = MODES.map(mode => ({
    mode,
    person: createPerson(platform, platform.citizenAt(`${name}-${mode}`)),
    confirmed: false,
    code: '',
  }))
  const all = citizens.map(async citizen => {
    const { mode, person } = citizen
    const filed = await complain(person, mode)
    citizen.code = filed.code
    const desk = desks[mode]
    if (desk === undefined) return
    await answer(desk, filed.code)
    await disagree(person, filed.code)
  })
  const ended = await Promise.allSettled(all)
  for (const [n, one] of ended.entries()) {
    if (one.status === 'fulfilled') continue
    if (!(one.reason instanceof NoAnswer)) throw one.reason
    progress(`${name}, ${citizens[n]?.mode}: ${one.reason.message}`)
  }
  for (const citizen of citizens) citizen.confirmed = citizen.person.said.includes('Kirim')
  const quiet = (await becomesQuiet(platform, records)) && ended.every(({ status }) => status === 'fulfilled')
  return { platform, citizens, desks: [desks.Terbuka, desks.Rahasia], quiet }
}

function deskPerson(platform: Platform, desk: string): Person {
  return createPerson(platform, platform.chatAt('web', `desk:${desk}`), { desk, name: `Petugas ${desk}` })
}

// Also what is to be tried again soon; cards of anonymous reports, due 5 to 30 minutes after their reports, are not waited for.
const OPEN = `select (select count(*) from outbox where status in ('waiting', 'sending'))
  + (select count(*) from inbox where status = 'pending'
    and due_at <= now() + case when attempts > 0 then interval '4 minutes' else interval '0' end) as open`

/** Whether nothing is waiting any more: not with the platform, not in the records. See `comesToRest`. */
export function becomesQuiet(platform: Platform, { db }: Records, patienceMs = 60_000): Promise<boolean> {
  return comesToRest(async () => {
    try {
      const { rows } = await db.pool.query<{ open: number }>(OPEN)
      return Number(rows[0]?.open) + (platform.isIdle() ? 0 : 1)
    } catch {
      // The database is being restarted: asked again.
      return undefined
    }
  }, patienceMs)
}

/** Keeps a line running behind a platform: whenever its process ends, another one takes its place. */
export async function keepRunning(
  platform: Platform,
  first: Orders,
  next: () => Promise<Child>,
): Promise<{ now(): Child; deaths(): Child[]; stop(): Promise<void> }> {
  const deaths: Child[] = []
  let stopped = false
  let started = false
  let child = await next()

  async function run(orders: Orders): Promise<void> {
    platform.prepare(child)
    started = await child.go({ ...orders, ...platform.orders })
    if (started) platform.attach(child)
    if (stopped) child.kill('SIGTERM')
  }

  async function watch(): Promise<void> {
    for (;;) {
      await child.ended
      platform.detach()
      if (stopped) return
      // One that cannot even start, because its database is away, died of nothing new.
      if (started || child.killedAt() !== '') deaths.push(child)
      child = await next()
      const { killAt: _, ...harmless } = first
      await run(harmless)
    }
  }

  await run(first)
  const watching = watch()
  return {
    now: () => child,
    deaths: () => deaths,
    /** In order: the next one then starts without a death behind it. */
    async stop() {
      stopped = true
      child.kill('SIGTERM')
      await child.ended
      await watching
    },
  }
}
