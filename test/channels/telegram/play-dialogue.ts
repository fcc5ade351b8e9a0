import { setTimeout as pause } from 'node:timers/promises'
import type { Outcome, Request } from '../../../src/actions/action.ts'
import { tokenOf } from '../../../src/channels/telegram/option-tokens.ts'
import type { dialoguesIn } from '../../helpers/dialogue.ts'
import type { Message } from '../../helpers/telegram/shapes.ts'
import type { Speaker } from '../../helpers/telegram/speaker.ts'
import type { Theatre } from './theatre.ts'

export type Dialogue = ReturnType<typeof dialoguesIn>[number][1]
type Line = Dialogue['dialogue'][number]
type Citizen = Extract<Line, { citizen: unknown }>['citizen']
type HouseLine = Extract<Line, { house: string }>

const PATIENCE_MS = 10_000
const MIME = { photo: 'image/jpeg', document: 'application/pdf', voice: 'audio/ogg' } as const
const SIGN: Record<string, string> = { bold: '*', italic: '_' }
/** Nobody waits for these; a transcript names only the first. */
const UNNAMED = 'hand_back'

/**
 * Lets a citizen with a Telegram of their own live through a transcript; what went otherwise than it says, or undefined. As with
 * the pure engine every `bot` line is said after the one before it, and every `house` line is what is wanted next.
 */
export async function playDialogue(theatre: Theatre, played: Dialogue): Promise<string | undefined> {
  const { office, language, dialogue } = played
  const bot = theatre.botOf(office)
  const person = theatre.telegram.user('Warga', { language_code: language })
  const here = person.in(bot)
  const house: HouseLine[] = []
  let fault: string | undefined
  const id = await theatre.open(office, person.id, language, (action, request) => {
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
    while (theatre.taken(person.id) < spoken || !(await theatre.quiet(id))) {
      if (performance.now() > until) throw new Error(`${where}: it was not over after ${PATIENCE_MS} ms`)
      await pause(3)
    }
    const said = [...here.place.messages.values()].filter(({ from }) => from?.is_bot === true)
    heard = said.slice(read).map(wordsOf).join('\n')
    read = said.length
  }

  // Without having written once, nobody may be written to.
  here.place.door = 'open'
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
      speak(here, line.citizen)
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

/** Files carry what they are to be taken for; their ids are those of the transcripts. */
function speak(here: Speaker, said: Citizen): void {
  const file = (id: string, kind: keyof typeof MIME, name: string) =>
    Buffer.from(JSON.stringify({ id, name, mime: MIME[kind] }))
  if (typeof said === 'string') here.says(said)
  else if ('photo' in said) here.sendsPhoto(file('f1', 'photo', said.photo))
  else if ('document' in said) here.sendsDocument(file('f2', 'document', said.document))
  else if ('voice' in said) here.sendsVoice(file('f3', 'voice', said.voice))
  else if ('location' in said) here.sendsLocation(said.location.latitude, said.location.longitude)
  else press(here, said.press)
}

/** Presses the newest button of this option; one that is nowhere to be seen stood on a message long gone. */
function press(here: Speaker, option: string): void {
  const data = tokenOf(option)
  const messages = [...here.place.messages.values()].reverse()
  const buttons = (message: Message) => (message.reply_markup?.inline_keyboard ?? []).flat()
  const on = messages.find(message => buttons(message).some(button => button.callback_data === data))
  const label = on && buttons(on).find(button => button.callback_data === data)?.text
  if (on !== undefined && label !== undefined) here.presses(label, on)
  else if (messages[0] !== undefined) here.forges(data, messages[0])
}

/** A message as the transcripts write it: bold and italic by their signs, then the labels. */
function wordsOf({ text = '', entities = [], reply_markup }: Message): string {
  let words = text
  const signs = entities.flatMap(({ type, offset, length }) => {
    const sign = SIGN[type] ?? ''
    return [
      { at: offset, sign },
      { at: offset + length, sign },
    ]
  })
  for (const { at, sign } of signs.toSorted((a, b) => b.at - a.at)) {
    words = words.slice(0, at) + sign + words.slice(at)
  }
  const labels = (reply_markup?.inline_keyboard ?? []).flat().map(button => button.text)
  return [words, ...labels].join('\n')
}
