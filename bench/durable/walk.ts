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
export async function runIdle(line: Line, repeats: number): Promise<Idle> {
  const first = chats + 1
  const counts: Counted[][] = []
  for (let n = 0; n < 2 * repeats; n++) {
    const chat = ++chats
    const steps: Counted[] = []
    for (let step = 0; step < STEPS; step++) {
      await rest()
      const before = countedSoFar()
      await oneTurn(line, chat, step)
      steps.push(since(before))
    }
    counts.push(steps)
  }
  await rest()
  const leastOf = (photo: boolean) =>
    Array.from({ length: STEPS }, (_, step) => {
      const same = counts.filter((_, n) => hasPhoto(first + n) === photo).flatMap(steps => steps[step] ?? [])
      return {
        roundTrips: Math.min(...same.map(({ roundTrips }) => roundTrips)),
        statements: Math.min(...same.map(({ statements }) => statements)),
        commits: Math.min(...same.map(({ commits }) => commits)),
      }
    })
  return { plain: leastOf(false), photo: leastOf(true), dialogues: chats - first + 1 }
}

function hasPhoto(chat: number): boolean {
  return answersOf(dialogue, chat).photo !== ''
}

async function oneTurn(line: Line, chat: number, step: number): Promise<void> {
  await line.turn(chat, updateOf(dialogue, chat, step, answersOf(dialogue, chat), line.buttons(chat, step)))
}

function since(before: Counted): Counted {
  const now = countedSoFar()
  return {
    roundTrips: now.roundTrips - before.roundTrips,
    statements: now.statements - before.statements,
    commits: now.commits - before.commits,
  }
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
