import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { lookAtClock } from '../../src/records/clock.ts'
import { issueSignIn } from '../../src/records/sign-in-links.ts'
import { steppingClock } from '../helpers/stepping-clock.ts'
import { desk } from './canary/chat.ts'
import { inDatabase } from './canary/dump.ts'
import { type Check, progress, size } from './check.ts'
import { type Machine, openMachine } from './clock-jump/machine.ts'
import { fileOn } from './harness/file-on.ts'
import { startServer } from './harness/server.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A lease of the outbox, in seconds; none may be older than twice that. */
const LEASE = 30
/** The life of a link that signs somebody in, in seconds. */
const LINK = 300

/**
 * Guarantee F13: the machine's clock is set by hours and days, forward and back, and jitters `--small` times, while `--lanes` citizens file reports
 * one after another, through the real program and its own database. Nothing is lost or doubled, nothing waits longer than two leases, jobs go on, a
 * desk is told of no deadline twice (`--hold` seconds at a time), and a link keeps its five minutes. Control: without anybody watching
 * the clock, a lease lasts as long as the clock went back.
 */
export const check: Check = {
  async run(flags) {
    const lanes = size(flags, 'lanes', 4)
    const hold = size(flags, 'hold', 100) * 1000
    const machine = await openMachine()
    try {
      const work = fileOn(machine.balai.url, lanes)
      const link = await issueLink(machine)
      let [stuck, linkSeconds] = [0, 0]
      const step = async (ms: number, ofMs = 3_000) => {
        await machine.stepTo(ms)
        await pause(ofMs)
        linkSeconds = Math.max(linkSeconds, await link())
      }
      for (const ms of [HOUR, 0, -HOUR, 0, 26 * HOUR, -26 * HOUR, 0]) {
        progress(`clock ${ms / HOUR} h`)
        await step(ms, 7_000)
        stuck = Math.max(stuck, await machine.count(OLDEST))
      }
      for (let n = 0; n < size(flags, 'small', 100); n += 1) await step(((n % 7) - 3) * 1_500, 100)
      const filed = await work.stop()
      progress(`${filed.length} reports filed`)

      const late = officeHours() - Date.now()
      const told: number[] = []
      let jobs = Number.POSITIVE_INFINITY
      for (const ms of [late, 0, late]) {
        progress(`clock ${Math.round(ms / DAY)} days`)
        await step(ms, hold)
        told.push(await remindersAt(machine.balai.url))
        const ran = await machine.count(JOBS)
        progress(`${ran} times the clocks job ran, ${told.at(-1)} reminders told`)
        jobs = Math.min(jobs, ran)
      }
      await step(0, 7_000)
      const tickets = await machine.count('select count(*) from tickets')
      const waiting = await machine.count(
        `select count(*) from outbox where status in ('waiting', 'sending')`,
      )
      const control = await unwatched()
      const totals = {
        filed: filed.length,
        lost: filed.filter(({ code }) => code === undefined).length + Math.max(0, filed.length - tickets),
        dupTickets: Math.max(0, tickets - filed.length),
        dupReplies: filed.reduce((sum, { doubled }) => sum + doubled, 0),
        longestWaitS: Math.round(stuck),
        leftWaiting: waiting,
        linkSeconds: Math.round(linkSeconds),
        remindersOnce: told[0] ?? 0,
        remindersAgain: (told[2] ?? 0) - (told[0] ?? 0),
        jobsEachHold: jobs,
        died: machine.balai.stderr().includes('ended by itself'),
        controlLeaseS: control.unwatched,
        watchedLeaseS: control.watched,
      }
      const isWhole = totals.lost + totals.dupTickets + totals.dupReplies + waiting === 0 && !totals.died
      const isTimely =
        stuck <= 2 * LEASE && linkSeconds <= LINK + 5 && jobs > 0 && control.watched <= 2 * LEASE
      const isTold = totals.remindersOnce > 0 && totals.remindersAgain === 0
      return {
        totals,
        ok: isWhole && isTimely && isTold && totals.filed > lanes && control.unwatched > HOUR / 1000,
      }
    } finally {
      await machine.stepTo(0)
      await machine.balai.remove()
    }
  },
}

const OLDEST = `select coalesce(max(greatest(extract(epoch from now() - due_at), extract(epoch from lease_until - now()))), 0)
  as count from outbox where status in ('waiting', 'sending')`
const JOBS = `select count(*) from pgboss.job where name = 'clocks' and state = 'completed'
  and completed_on > now() - interval '90 seconds' and completed_on <= now() + interval '5 seconds'`

/** Ten days on, and a morning on which desks are told. */
function officeHours(): number {
  const day = new Date(Date.now() + 10 * DAY)
  while (![2, 3].includes(day.getUTCDay())) day.setTime(day.getTime() + DAY)
  return day.setUTCHours(3, 0, 0, 0)
}

/** How many reminders of deadlines the desk was given in all. */
async function remindersAt(url: string): Promise<number> {
  const lines = await desk(url, 'general', 'Rina').read()
  return lines
    .filter(({ text }) => text.includes('Pengingat batas waktu'))
    .reduce((sum, { text }) => sum + text.split('• ').length - 1, 0)
}

/** A link for somebody; gives how many seconds it has left. */
async function issueLink({ balai, count }: Machine): Promise<() => Promise<number>> {
  await inDatabase(balai.dataDir, client => issueSignIn(client, randomUUID()))
  return () =>
    count('select coalesce(max(extract(epoch from expires_at - now())), 0) as count from sign_in_links')
}

/** A process died with a message in hand, and the clock went back a day: seconds its lease has left, unseen and seen. */
async function unwatched(): Promise<{ unwatched: number; watched: number }> {
  const server = await startServer()
  try {
    const { db, address } = await server.database('unwatched')
    await db.pool.query('select 1')
    const clock = await steppingClock(address)
    const fresh = server.open(address)
    await fresh.pool.query(
      `insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, status, due_at, lease_until, created_at)
       values ('k/1/0', 'medan', 'web', gen_random_uuid(), 1, 'bot', '\\x00', 'sending', now(), now() + interval '30 seconds', now())`,
    )
    const left = async () => {
      const { rows } = await fresh.pool.query<{ left: number }>(
        'select extract(epoch from lease_until - now())::float8 as left from outbox',
      )
      return Math.round(rows[0]?.left ?? 0)
    }
    await lookAtClock(fresh, undefined, () => 0)
    await clock.stepTo(-DAY)
    const seconds = await left()
    await lookAtClock(fresh, undefined, () => 0)
    return { unwatched: seconds, watched: await left() }
  } finally {
    await server.stop()
  }
}
