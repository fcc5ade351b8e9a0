import { setTimeout as pause } from 'node:timers/promises'
import { placeOf } from '../../channels/whatsapp/place.ts'
import { startTalkers } from '../wire/talkers.ts'
import { type Cable, layCable } from './cable.ts'
import { comesToRest } from './comes-to-rest.ts'
import { linkedWhatsApp } from './linked-whatsapp.ts'
import { type Child, createNursery, endChild } from './process.ts'
import type { Server } from './server.ts'

/**
 * What befalls the process that leads, its worker, or both: they die, stand still and go on later, or hear nothing of the database
 * any more. Where both stand still nobody can close the socket: it stays, and says nothing.
 */
export const LINKED_FATES = [
  'killed',
  'worker killed',
  'frozen',
  'worker frozen',
  'both frozen',
  'cut off',
] as const
export type LinkedFate = (typeof LINKED_FATES)[number]

type One = { child: Child; cable: Cable; worker: number; begun: number }
export type LinkedLane = Awaited<ReturnType<typeof openLinkedLane>>

const PATIENCE_MS = 90_000
/** How long whoever came back is watched. */
const AFTERWARDS_MS = 1_500
const CITIZENS = 6
/** As fast as a number answers them all. */
const EVERY_MS = 1_500
const OPEN = `select (select count(*) from outbox where status in ('waiting', 'sending'))
  + (select count(*) from inbox where status = 'pending') as open`

/** Several processes with one linked number on one database, and citizens who never stop writing to it. */
export async function openLinkedLane(
  server: Server,
  { name, instances, everybodyLeads = false }: { name: string; instances: number; everybodyLeads?: boolean },
) {
  const records = await server.database(name)
  const whatsapp = await linkedWhatsApp(records)
  const { number } = whatsapp
  const nursery = createNursery()
  const crowd: One[] = []
  const found = { rounds: 0, twoSockets: 0, deadLines: 0, notTakenOver: 0, faults: 0 }
  const takeOverMs: Record<LinkedFate, number> = {
    killed: 0,
    'worker killed': 0,
    frozen: 0,
    'worker frozen': 0,
    'both frozen': 0,
    'cut off': 0,
  }
  const before = number.logins.length

  async function join(): Promise<void> {
    const cable = await layCable(records.address)
    const child = await nursery.next()
    const one: One = { child, cable, worker: 0, begun: 0 }
    child.hear(message => {
      if (message.type === 'send') child.tell({ type: 'sent', n: message.n })
      if (message.type === 'worker') Object.assign(one, { worker: message.pid, begun: performance.now() })
    })
    const linked = { worker: placeOf(whatsapp), mediaRoot: `https://${whatsapp.world.mediaHost}` }
    const started = await child.go({
      ...records.orders,
      database: cable.address,
      shared: true,
      // A person's pace: what waits at the end must be answered while somebody waits for it.
      pace: { perSecond: 20, perAddressMs: 0 },
      whatsapp: { ...linked, ...(everybodyLeads ? { everybodyLeads } : {}) },
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

  const newest = () => number.logins.at(-1)
  const isLed = () => newest() !== undefined && newest()?.endedAt === undefined && number.isOnline
  /** Whoever started the last worker. */
  const leading = () => crowd.toSorted((a, b) => b.begun - a.begun)[0]

  /** Sockets that were open beside an older one. */
  function overlaps(): number {
    const { logins } = number
    return logins.filter((login, n) =>
      logins.slice(before, n).some(({ endedAt = Number.POSITIVE_INFINITY }) => endedAt > login.at),
    ).length
  }

  for (let n = 0; n < instances; n += 1) await join()
  const people = Array.from({ length: CITIZENS }, (_, n) => {
    const person = whatsapp.citizen(`Warga ${n}`)
    return {
      says: (text: string) => person.says(text).id,
      replies: () => person.messages().filter(({ by }) => by === number.account).length,
      copies: () =>
        person
          .messages()
          .filter(({ by }) => by === number.account)
          .reduce((sum, { copies }) => sum + copies - 1, 0),
    }
  })
  const talkers = startTalkers(
    people,
    () => new Set(number.queue.map(({ attrs }) => attrs.id ?? '')),
    EVERY_MS,
  )

  return {
    found,
    takeOverMs,
    replaced: () => number.logins.filter(({ replacedAt }) => replacedAt !== undefined).length,
    overlaps,
    async round(fate: LinkedFate): Promise<void> {
      found.rounds += 1
      const leader = (await until(isLed)) ? leading() : undefined
      if (leader === undefined) {
        found.notTakenOver += 1
        return
      }
      const [began, logins, twice] = [performance.now(), number.logins.length, overlaps()]
      found.faults += 1
      const { child, cable, worker } = leader
      if (fate === 'killed') await endChild(child)
      else if (fate === 'cut off') cable.cut()
      else if (fate === 'worker killed') process.kill(worker, 'SIGKILL')
      else {
        // The worker first: its process must not be seen to stand still before it does.
        if (fate !== 'frozen') process.kill(worker, 'SIGSTOP')
        if (fate !== 'worker frozen') child.kill('SIGSTOP')
      }
      if (!(await until(() => number.logins.length > logins && isLed()))) found.notTakenOver += 1
      takeOverMs[fate] = Math.max(takeOverMs[fate], Math.round(performance.now() - began))
      await pause(300)
      if (fate === 'killed') {
        cable.close()
        crowd.splice(crowd.indexOf(leader), 1)
        await join()
      } else {
        if (fate === 'cut off') cable.mend()
        if (fate === 'both frozen') wake(worker)
        child.kill('SIGCONT')
        await pause(AFTERWARDS_MS)
      }
      const more = overlaps() - twice
      // A socket whose process stands still is a line nobody speaks on: it is hung up on by WhatsApp, or when it wakes.
      if (fate === 'both frozen') found.deadLines += more
      else found.twoSockets += more
    },
    /** Lets everything come to rest; what is there once, twice and not at all. */
    async finish() {
      talkers.stop()
      await comesToRest(async () => {
        const { rows } = await records.db.pool.query<{ open: number }>(OPEN)
        return Number(rows[0]?.open) + number.queue.length + talkers.unanswered()
      }, PATIENCE_MS)
      const { rows } = await records.db.pool.query<{ said: number }>(
        `select coalesce(sum(last_seq), 0) as said from conversations where party = 'citizen'`,
      )
      // A message and its reply; how many turns it took to find one is no matter here.
      const taken = Number(rows[0]?.said) / 2
      for (const one of whatsapp.problems) process.stderr.write(`${one}\n`)
      return {
        said: talkers.said(),
        lost: Math.max(0, talkers.said() - taken),
        doubled: Math.max(0, taken - talkers.said()),
        unanswered: talkers.unanswered(),
        answeredTwice: talkers.answeredTwice(),
        /** Under the same id, which a phone shows once. */
        repliesTwice: people.reduce((sum, one) => sum + one.copies(), 0),
        late: number.late.length,
        violations: whatsapp.problems.length,
      }
    },
    async close(): Promise<void> {
      talkers.stop()
      for (const { child, cable } of crowd) {
        child.kill('SIGCONT')
        await endChild(child)
        cable.close()
      }
      await nursery.close()
      await whatsapp.close()
    },
  }
}

/** It may have ended already. */
function wake(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
