/** Citizens walking the six-question complaint against one line. */
import { answersOf, dialogueOf } from '../dialogue.ts'
import { updateOf } from '../telegram.ts'
import { type Counted, clientsOpen, countedSoFar } from './count-queries.ts'
import type { Idle, Line, Ran } from './line.ts'

const dialogue = dialogueOf(6)
const STEPS = dialogue.questions.length + 1

/** Chats are numbered through the life of the process: none is walked twice. */
let chats = 0

/** `citizens` at once, each on a dialogue of its own and then the next one, for as long as `seconds`. */
export async function run(line: Line, citizens: number, seconds: number): Promise<Ran> {
  const before = { cpu: process.cpuUsage(), counted: countedSoFar(), chats }
  const started = performance.now()
  const until = started + seconds * 1000
  let turns = 0
  let cost: Pick<Ran, 'cpuUs' | 'seconds' | 'turns' | keyof Counted> | undefined
  const atEnd = () => {
    const { user, system } = process.cpuUsage(before.cpu)
    const spent = (performance.now() - started) / 1000
    return { turns, seconds: spent, cpuUs: user + system, ...since(before.counted) }
  }
  const citizen = async () => {
    while (performance.now() < until) {
      const chat = ++chats
      for (let step = 0; step < STEPS; step++) {
        await oneTurn(line, chat, step)
        if (performance.now() < until) turns++
        else cost ??= atEnd()
      }
    }
  }
  await Promise.all(Array.from({ length: citizens }, citizen))
  const peakMegabytes = process.resourceUsage().maxRSS / 1024
  return { ...(cost ?? atEnd()), peakMegabytes, dialogues: chats - before.chats }
}

/** One citizen, who answers only when everything else has come to rest. */
export async function runIdle(line: Line, dialogues: number): Promise<Idle> {
  const idle: Idle = { roundTrips: Array(STEPS).fill(0), commits: Array(STEPS).fill(0), dialogues }
  for (let n = 0; n < dialogues; n++) {
    const chat = ++chats
    for (let step = 0; step < STEPS; step++) {
      await rest()
      const before = countedSoFar()
      await oneTurn(line, chat, step)
      const { roundTrips, commits } = since(before)
      idle.roundTrips[step] = Math.max(idle.roundTrips[step] ?? 0, roundTrips)
      idle.commits[step] = Math.max(idle.commits[step] ?? 0, commits)
    }
  }
  await rest()
  return idle
}

async function oneTurn(line: Line, chat: number, step: number): Promise<void> {
  await line.turn(chat, updateOf(dialogue, chat, step, answersOf(dialogue, chat), line.buttons(chat, step)))
}

function since(before: Counted): Counted {
  const now = countedSoFar()
  return { roundTrips: now.roundTrips - before.roundTrips, commits: now.commits - before.commits }
}

/** Until nothing has been asked of the database for 50 ms, which a poll now and then does not spoil. */
async function rest(): Promise<void> {
  for (let last = -1; last !== countedSoFar().roundTrips; ) {
    last = countedSoFar().roundTrips
    await new Promise(done => setTimeout(done, 50))
  }
}

/** Makes every backend of ours tell its statistics, which it otherwise does when it finds the time. */
export async function flushStatistics(): Promise<number> {
  await rest()
  for (const client of clientsOpen()) await client.query('select pg_stat_force_next_flush()')
  return countedSoFar().commits
}
