import { setTimeout as pause } from 'node:timers/promises'
import type { Outcome, Request } from '../../../src/actions/action.ts'
import type { dialoguesIn } from '../../helpers/dialogue.ts'
import type { Theatre } from './theatre.ts'

export type Dialogue = ReturnType<typeof dialoguesIn>[number][1]
export type Line = Dialogue['dialogue'][number]
type HouseLine = Extract<Line, { house: string }>

const PATIENCE_MS = 40_000
/** Nobody waits for these; a transcript names only the first. */
const UNNAMED = 'hand_back'

/**
 * Lets a citizen with an account of their own live through a transcript; what went otherwise than it says, or undefined. As with
 * the pure engine every `bot` line is said after the one before it, and every `house` line is what is wanted next.
 */
export async function playDialogue(theatre: Theatre, played: Dialogue): Promise<string | undefined> {
  const { office, language, dialogue } = played
  const actor = theatre.scene.actor(office, language)
  const { address } = actor
  const house: HouseLine[] = []
  let fault: string | undefined
  const id = await theatre.open(office, address, language, (action, request) => {
    if (action === UNNAMED) return { result: {} }
    const line = house.shift()
    fault ??= differenceOf(line, action, request)
    return outcomeOf(line)
  })
  let spoken = 0
  let read = 0
  let heard = ''

  /** Everything up to the next thing somebody says, taken and answered. */
  async function settle(where: string): Promise<void> {
    const until = performance.now() + PATIENCE_MS
    while (theatre.taken(address) < spoken || !(await theatre.quiet(id))) {
      if (performance.now() > until) throw new Error(`${where}: it was not over after ${PATIENCE_MS} ms`)
      await pause(10)
    }
    const said = actor.hears()
    heard = said.slice(read).join('\n')
    read = said.length
  }

  for (const [n, line] of dialogue.entries()) {
    const where = `line ${n + 1}`
    if ('bot' in line) {
      const found = heard.indexOf(line.bot.trim())
      if (found === -1) return `${where}: expected "${line.bot}", but the bot said:\n${heard || '(nothing)'}`
      heard = heard.slice(found + line.bot.trim().length)
      continue
    }
    if ('house' in line) continue
    house.push(...housesAfter(dialogue, n))
    if ('citizen' in line) {
      spoken += 1
      const said = line.citizen
      theatre.fill(address, typeof said === 'object' && 'unkept' in said)
      actor.does(said)
    } else await theatre.tell(office, id, toldBy(line))
    await settle(where)
    if (fault !== undefined) return `${where}: ${fault}`
    if (house.length > 0) return `${where}: nobody asked for ${house[0]?.house}`
  }
  return undefined
}

/** What the house does before somebody speaks again. */
function housesAfter(dialogue: Line[], n: number): HouseLine[] {
  const rest = dialogue.slice(n + 1)
  const end = rest.findIndex(line => !('bot' in line || 'house' in line))
  return (end === -1 ? rest : rest.slice(0, end)).filter(line => 'house' in line)
}

function differenceOf(line: HouseLine | undefined, action: string, request: Request): string | undefined {
  if (line?.house !== action) return `expected ${line?.house}, but wanted is ${action}`
  const wrong = Object.entries(line.with ?? {}).find(([key, value]) => request.with[key] !== value)
  return wrong && `${wrong[0]} should be "${wrong[1]}", not "${request.with[wrong[0]]}"`
}

function outcomeOf(line: HouseLine | undefined): Outcome {
  if (line?.fails !== undefined) return { failed: line.fails }
  return { result: line?.result ?? {} }
}

function toldBy(line: Exclude<Line, { bot: string } | { house: string } | { citizen: unknown }>) {
  if ('silence' in line) return { type: 'silence' }
  if ('event' in line) return line.event
  if (line.staff === 'released') return { type: 'staff_released' }
  const { staff: text, ticket = '', kind = 'told' } = line
  return { type: 'staff_wrote', ticket, kind, text }
}
