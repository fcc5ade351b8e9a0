import { setTimeout as pause } from 'node:timers/promises'
import { isAway } from '../../../src/records/db.ts'
import { progress } from '../check.ts'
import { type KillTotals, noKills } from './kill-totals.ts'
import { keepRunning, type Walked, walk } from './point.ts'
import { createNursery } from './process.ts'
import { type Records, startServer } from './server.ts'
import { once, plain, tally } from './tally.ts'
import type { Way } from './ways.ts'

/** A server, a database and a line that is killed again and again; points of one lane come one after another. */
export type Lane = { point(): Promise<KillTotals>; close(): Promise<void> }

/** The share of the points at a random moment instead of a place. */
const MOMENTS = 0.1
/** A point that takes longer is worth a line. */
const SLOW_MS = 5_000
/** A server that is not back by then has not survived. */
const BACK_MS = 60_000

/** What every chat hears in a run without a crash. */
type Expected = Map<string, string[]>

/** `servers`: the share of the points at which the database server dies, half of them with the line. */
export async function createLane(lane: number, servers: number, way: Way): Promise<Lane> {
  const server = await startServer()
  const records = await server.database('killed')
  const nursery = createNursery()
  let n = 0

  /** One set of citizens, with whatever `meanwhile` does to the line; how long it took, and who died. */
  async function run(killAt: number | undefined, meanwhile: (kill: () => void) => Promise<void>) {
    n += 1
    const platform = await way.open({ parallel: 40 }, records)
    const before = await countTickets(records)
    const orders = { ...records.orders, ...(killAt === undefined ? {} : { killAt }) }
    const line = await keepRunning(platform, orders, nursery.next)
    const began = performance.now()
    const [walked] = await Promise.all([
      walk(platform, records, `l${lane}-${n}`),
      meanwhile(() => line.now().kill('SIGKILL')),
    ])
    const ms = performance.now() - began
    await line.stop()
    platform.close()
    const after = await countTickets(records)
    const held = await takeHeldCards(records)
    const how = line.deaths()[0]?.killedAt() || (killAt === undefined ? 'a moment' : 'nothing')
    if (ms > SLOW_MS) progress(`${Math.round(ms / 1000)} s after ${how}`)
    return { walked, ms, tickets: after - before, held, deaths: line.deaths() }
  }

  const calm = async () => undefined
  // The first one warms everything up; the second is what the others are held against.
  await run(undefined, calm)
  const reference = await run(undefined, calm)
  if (!reference.walked.quiet) throw new Error('The line does not even work without a crash.')
  const expected: Expected = new Map(
    chatsOf(reference.walked).map(([name, chat]) => [name, once(chat).map(({ text }) => plain(text))]),
  )
  const most = await countKillPoints(async killAt => (await run(killAt, calm)).deaths.length > 0)
  progress(`lane ${lane}: ${most} kill points, ${Math.round(reference.ms)} ms without a crash`)

  return {
    async point() {
      const dice = Math.random()
      const at = Math.random() * reference.ms
      const totals = noKills()
      let serverKills = 0
      if (dice < servers) {
        const withLine = Math.random() < 0.5
        const ended = await run(undefined, async kill => {
          await pause(at)
          const pid = await server.pid()
          if (pid === undefined) return
          process.kill(pid, 'SIGKILL')
          serverKills = 1
          if (withLine) kill()
        })
        totals.places['the server'] = serverKills
        totals.reached = serverKills
        return judge(totals, ended, expected, records, ended.deaths.length + serverKills)
      }
      if (dice < servers + MOMENTS) {
        const ended = await run(undefined, async kill => {
          await pause(at)
          kill()
        })
        totals.reached = Math.min(1, ended.deaths.length)
        totals.places['a moment'] = totals.reached
        return judge(totals, ended, expected, records, ended.deaths.length)
      }
      const ended = await run(1 + Math.floor(Math.random() * most), calm)
      const place = ended.deaths[0]?.killedAt() ?? ''
      if (place !== '') totals.places[place] = 1
      totals.reached = place === '' ? 0 : 1
      return judge(totals, ended, expected, records, ended.deaths.length)
    },
    async close() {
      await nursery.close()
      await server.stop()
    },
  }
}

/** The last kill point that two runs in a row reach: beyond it chance decides. */
async function countKillPoints(reaches: (killAt: number) => Promise<boolean>): Promise<number> {
  let low = 32
  while (await reaches(low * 2)) low *= 2
  for (let step = low / 2; step >= 8; step /= 2) {
    if ((await reaches(low + step)) && (await reaches(low + step))) low += step
  }
  return low
}

/** Chats by a name that is the same in every run. */
function chatsOf({ citizens, desks }: Walked) {
  return [
    ...citizens.map(({ mode, person }) => [mode, person.chat] as const),
    ...desks.map(({ chat }) => [chat.name, chat] as const),
  ]
}

/** Asks a server that may have been killed when everything was said already, and is still coming back. */
async function whenBack<T>(ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + BACK_MS
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (!isAway(error) || performance.now() > until) throw error
      await pause(50)
    }
  }
}

async function countTickets({ db }: Records): Promise<number> {
  const { rows } = await whenBack(() => db.pool.query<{ count: number }>('select count(*) from tickets'))
  return Number(rows[0]?.count)
}

/**
 * Cards of anonymous reports wait 5 to 30 minutes, longer than their point. They are counted and taken away, so that none
 * comes up in the middle of a later one.
 */
async function takeHeldCards({ db }: Records): Promise<number> {
  const { rowCount } = await whenBack(() =>
    db.pool.query(`delete from inbox where status = 'pending' and due_at > now() + interval '4 minutes'`),
  )
  return rowCount ?? 0
}

async function judge(
  totals: KillTotals,
  { walked, tickets, held }: { walked: Walked; tickets: number; held: number },
  expected: Expected,
  { db }: Records,
  crashes: number,
): Promise<KillTotals> {
  const confirmed = walked.citizens.filter(citizen => citizen.confirmed).length
  const codes = walked.citizens.flatMap(({ code }) => (code === '' ? [] : [code]))
  const found = await whenBack(() => db.pool.query('select 1 from tickets where code = any($1)', [codes]))
  totals.crashes = crashes
  totals.lost = Math.max(0, confirmed - tickets, codes.length - (found.rowCount ?? 0))
  totals.dupTickets = Math.max(0, tickets - confirmed)
  // One card for each anonymous report, whatever died: the desk neither misses one nor reads one twice.
  const anonymous = walked.citizens.filter(citizen => citizen.confirmed && citizen.mode === 'Anonim').length
  totals.lost += Math.max(0, anonymous - held)
  totals.unexpected += Math.max(0, held - anonymous)
  for (const [name, chat] of chatsOf(walked)) {
    const counted = tally(chat, expected.get(name) ?? [])
    totals.unanswered += counted.missing.length
    totals.unexpected += counted.extra.length
    totals.repliesTwice += counted.twice
    totals.twiceTooOften += Math.max(0, counted.twice - crashes)
    totals.outOfOrder += counted.outOfOrder
    if (counted.twice > crashes)
      progress(
        `${counted.twice} came twice in ${chat.name} after ${crashes} crashes: ${JSON.stringify(totals.places)}`,
      )
    for (const text of counted.missing) progress(`missing in ${chat.name}: ${text.slice(0, 80)}`)
    for (const text of counted.extra) progress(`extra in ${chat.name}: ${text.slice(0, 80)}`)
  }
  if (!walked.quiet && totals.unanswered === 0) totals.unanswered = 1
  if (totals.lost + totals.dupTickets + totals.unanswered + totals.unexpected > 0)
    progress(`not held after ${JSON.stringify(totals)}`)
  return totals
}
