import { setTimeout as pause } from 'node:timers/promises'
import { startFakeTelegram } from '../../helpers/telegram/fake.ts'
import { startTalkers } from '../wire/talkers.ts'
import { telegramPeople, waitingAt } from '../wire/telegram-outdoors.ts'
import { type Cable, layCable } from './cable.ts'
import { comesToRest } from './comes-to-rest.ts'
import { type Child, createNursery, endChild } from './process.ts'
import type { Server } from './server.ts'
import { type Ask, openWatchedAsks } from './watched-asks.ts'

/** What befalls the one who leads: it dies, it stands still and goes on later, it hears nothing of its database any more. */
export const FATES = ['killed', 'frozen', 'cut off'] as const
export type Fate = (typeof FATES)[number]

type One = { who: number; child: Child; cable: Cable; close(): void; isSick: boolean }
export type LeaderLane = Awaited<ReturnType<typeof openLeaderLane>>

const PATIENCE_MS = 60_000
/** How long a former leader is watched after it came back. */
const AFTERWARDS_MS = 1_500
const CITIZENS = 6
const EVERY_MS = 1_200
const OPEN = `select (select count(*) from outbox where status in ('waiting', 'sending'))
  + (select count(*) from inbox where status = 'pending') as open`

/** Several processes with one bot on one database, and citizens who never stop writing to it. */
export async function openLeaderLane(
  server: Server,
  { name, instances, everybodyLeads = false }: { name: string; instances: number; everybodyLeads?: boolean },
) {
  const records = await server.database(name)
  const telegram = await startFakeTelegram({ secondMs: 100 })
  const nursery = createNursery()
  const asks: Ask[] = []
  const crowd: One[] = []
  const found = { rounds: 0, twoLeaders: 0, staleAsks: 0, notTakenOver: 0, faults: 0 }
  const takeOverMs: Record<Fate, number> = { killed: 0, frozen: 0, 'cut off': 0 }
  let numbers = 0

  function note(ask: Ask): void {
    // Whoever asks while somebody in good health is still asking leads beside them.
    const others = crowd.filter(({ who, isSick }) => who !== ask.who && !isSick)
    if (others.some(({ who }) => isAsking(who))) found.twoLeaders += 1
    asks.push(ask)
  }

  const isAsking = (who: number) =>
    asks.findLast(ask => ask.who === who) !== undefined &&
    asks.findLast(ask => ask.who === who)?.ended === undefined

  async function join(): Promise<void> {
    numbers += 1
    const who = numbers
    const cable = await layCable(records.address)
    const gate = await openWatchedAsks(telegram.url, who, note)
    const child = await nursery.next()
    const one: One = {
      who,
      child,
      cable,
      isSick: false,
      close() {
        gate.close()
        cable.close()
      },
    }
    child.hear(message => {
      if (message.type === 'send') child.tell({ type: 'sent', n: message.n })
    })
    const account = { apiRoot: gate.url, token: telegram.bot.token, by: 'poll' as const }
    const started = await child.go({
      ...records.orders,
      database: cable.address,
      shared: true,
      telegram: { ...account, ...(everybodyLeads ? { everybodyLeads } : {}) },
    })
    if (!started) throw new Error(`A process could not start:\n${child.words()}`)
    crowd.push(one)
  }

  async function until(look: () => boolean, ms = PATIENCE_MS): Promise<boolean> {
    const end = performance.now() + ms
    while (!look()) {
      if (performance.now() > end) return false
      await pause(5)
    }
    return true
  }

  for (let n = 0; n < instances; n += 1) await join()
  const talkers = startTalkers(
    telegramPeople(telegram, telegram.bot, CITIZENS),
    () => waitingAt(telegram.bot),
    EVERY_MS,
  )

  return {
    found,
    takeOverMs,
    conflicts: () => telegram.callsOf('getUpdates').filter(({ answer }) => answer === 409).length,
    async round(fate: Fate): Promise<void> {
      found.rounds += 1
      await until(() => crowd.some(({ who }) => isAsking(who)))
      const leader = crowd.find(({ who }) => isAsking(who))
      if (leader === undefined) {
        found.notTakenOver += 1
        return
      }
      const began = performance.now()
      leader.isSick = true
      found.faults += 1
      if (fate === 'killed') await endChild(leader.child)
      else if (fate === 'frozen') leader.child.kill('SIGSTOP')
      else leader.cable.cut()
      const next = () => asks.find(ask => ask.who !== leader.who && ask.began > began)
      if (!(await until(() => next() !== undefined))) found.notTakenOver += 1
      const since = next()?.began ?? performance.now()
      takeOverMs[fate] = Math.max(takeOverMs[fate], Math.round(since - began))
      await pause(300)
      if (fate === 'killed') {
        leader.close()
        crowd.splice(crowd.indexOf(leader), 1)
        await join()
        return
      }
      if (fate === 'frozen') leader.child.kill('SIGCONT')
      else leader.cable.mend()
      await pause(AFTERWARDS_MS)
      found.staleAsks += asks.filter(ask => ask.who === leader.who && ask.began > since).length
      leader.isSick = false
    },
    /** Lets everything come to rest; what is there once, twice and not at all. */
    async finish() {
      talkers.stop()
      await comesToRest(async () => {
        const { rows } = await records.db.pool.query<{ open: number }>(OPEN)
        return Number(rows[0]?.open) + telegram.bot.pending.length + talkers.unanswered()
      }, PATIENCE_MS)
      const { rows } = await records.db.pool.query<{ said: number }>(
        'select coalesce(sum(last_seq), 0) as said from conversations',
      )
      // A message and its reply; how many turns it took to find one is no matter here.
      const taken = Number(rows[0]?.said) / 2
      return {
        said: talkers.said(),
        lost: Math.max(0, talkers.said() - taken),
        doubled: Math.max(0, taken - talkers.said()),
        unanswered: talkers.unanswered(),
        repliesTwice: talkers.answeredTwice(),
        violations: telegram.violations.length,
      }
    },
    async close(): Promise<void> {
      talkers.stop()
      for (const one of crowd) {
        one.child.kill('SIGCONT')
        await endChild(one.child)
        one.close()
      }
      await nursery.close()
      await telegram.close()
    },
  }
}
