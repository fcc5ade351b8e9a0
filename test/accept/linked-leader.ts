import { setTimeout as pause } from 'node:timers/promises'
import { type Flags, progress, size, type Verdict } from './check.ts'
import {
  LINKED_FATES,
  type LinkedFate,
  type LinkedLane,
  openLinkedLane,
} from './harness/linked-leader-lane.ts'
import { type Server, startServer } from './harness/server.ts'

/** After a death, which costs a second until it is noticed and two until the library is loaded; and after silence. */
const [LONGEST_MS, LONGEST_SILENT_MS] = [5_000, 30_000]
const DEATHS: readonly LinkedFate[] = ['killed', 'worker killed']
const WRONG_MS = 8_000

/** Everybody holds a socket: WhatsApp closes each for the next. */
async function control(server: Server, instances: number) {
  const lane = await openLinkedLane(server, { name: 'everybody_leads', instances, everybodyLeads: true })
  await pause(WRONG_MS)
  const seen = { replaced: lane.replaced(), overlaps: lane.overlaps() }
  await lane.close()
  return seen
}

async function runLane(lane: LinkedLane, rounds: number, name: string) {
  for (let n = 0; n < rounds; n += 1) {
    await lane.round(LINKED_FATES[n % LINKED_FATES.length] ?? 'killed')
    if (n % 6 === 5)
      progress(`${name}: ${n + 1} rounds, ${JSON.stringify({ ...lane.found, ...lane.takeOverMs })}`)
  }
  return { ...(await lane.finish()), ...lane.found }
}

/**
 * F14 for a linked number: in `--rounds` rounds the process that holds its socket, its worker or both are killed or frozen, or cut
 * off from the database. Never do two sockets act: none says anything once a newer one has logged in (`late`), and none is even
 * open beside another, but for that of a process which stands still with its worker (`deadLines`). Nothing is lost or done twice.
 */
export async function linkedLeader(flags: Flags): Promise<Verdict> {
  const rounds = size(flags, 'rounds', 200)
  const instances = Math.max(2, size(flags, 'instances', 3))
  const lanes = Math.max(1, size(flags, 'lanes', 1))
  const server = await startServer()
  const opened: LinkedLane[] = []
  try {
    const wrong = await control(server, instances)
    progress(`control: ${JSON.stringify(wrong)}`)
    for (let n = 0; n < lanes; n += 1)
      opened.push(await openLinkedLane(server, { name: `linked_${n}`, instances }))
    const each = Math.ceil(rounds / lanes)
    const ended = await Promise.all(opened.map((lane, n) => runLane(lane, each, `lane ${n}`)))
    const sum = (name: keyof (typeof ended)[number]) => ended.reduce((all, one) => all + one[name], 0)
    const slowest = (fate: LinkedFate) => Math.max(...opened.map(({ takeOverMs }) => takeOverMs[fate]))
    const totals = {
      rounds: sum('rounds'),
      instances,
      twoSockets: sum('twoSockets'),
      late: sum('late'),
      deadLines: sum('deadLines'),
      notTakenOver: sum('notTakenOver'),
      takeOvers: sum('faults'),
      said: sum('said'),
      lost: sum('lost'),
      doubled: sum('doubled'),
      unanswered: sum('unanswered'),
      answeredTwice: sum('answeredTwice'),
      repliesTwice: sum('repliesTwice'),
      ...Object.fromEntries(LINKED_FATES.map(fate => [`${fate.replace(' ', '')}Ms`, slowest(fate)])),
      violations: sum('violations'),
      controlReplaced: wrong.replaced,
    }
    const { twoSockets, late, notTakenOver, lost, doubled, unanswered, answeredTwice, violations } = totals
    const faults = twoSockets + late + notTakenOver + lost + doubled + unanswered + answeredTwice + violations
    const isInTime = LINKED_FATES.every(
      fate => slowest(fate) <= (DEATHS.includes(fate) ? LONGEST_MS : LONGEST_SILENT_MS),
    )
    // At most one reply of each chat under way may be said again, under the same id.
    const isQuiet = totals.repliesTwice <= 6 * totals.takeOvers
    return {
      totals,
      ok: faults === 0 && isInTime && isQuiet && wrong.replaced > 0 && totals.rounds >= rounds,
    }
  } finally {
    for (const lane of opened) await lane.close()
    await server.stop()
  }
}
