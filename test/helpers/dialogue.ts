import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { advance } from '../../src/conversation/engine.ts'
import type { FlowBook } from '../../src/conversation/flow.ts'
import { type Effect, type Event, restingState } from '../../src/conversation/state.ts'

const said = z.union([
  z.string(),
  /** `unkept`: the files of the day were used up, so it is neither fetched nor kept. */
  z.strictObject({ photo: z.string(), unkept: z.literal(true).optional() }),
  z.strictObject({ document: z.string() }),
  z.strictObject({ voice: z.string() }),
  z.strictObject({ press: z.string() }),
  z.strictObject({ location: z.strictObject({ latitude: z.number(), longitude: z.number() }) }),
])
const result = z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())]))

const Line = z.union([
  z.strictObject({ bot: z.string() }),
  z.strictObject({ citizen: said }),
  z.strictObject({
    house: z.string(),
    with: z.record(z.string(), z.string()).optional(),
    result: result.optional(),
    fails: z.string().optional(),
  }),
  z.strictObject({
    staff: z.string(),
    ticket: z.string().optional(),
    kind: z.enum(['answered', 'asked', 'told']).optional(),
  }),
  z.strictObject({ silence: z.number() }),
  /** Anything else that can happen to a conversation, as its event without the time. */
  z.strictObject({ event: z.looseObject({ type: z.string() }) }),
])

/** A transcript: who said what, in which office and language, beginning at this local time. */
const Dialogue = z.strictObject({
  about: z.string(),
  office: z.string(),
  language: z.string(),
  at: z.string(),
  dialogue: z.array(Line),
})

type Dialogue = z.output<typeof Dialogue>
type Said = z.output<typeof said>

/** Every transcript of a folder, by file name. */
export function dialoguesIn(folder: string): [file: string, dialogue: Dialogue][] {
  const files = readdirSync(folder).filter(name => name.endsWith('.yaml'))
  return files.toSorted().map(file => [file, Dialogue.parse(parse(readFileSync(join(folder, file), 'utf8')))])
}

/**
 * Runs a transcript against the pure engine. Each `bot` line must be said after the one before it; each `house`
 * line must be what the engine wants done, and brings its result. Returns what went otherwise, or undefined.
 */
export function runDialogue(book: FlowBook, { dialogue, language, at }: Dialogue): string | undefined {
  let state = restingState(language)
  let heard = ''
  let wanted: { action: string; with: Record<string, string> }[] = []
  const take = (event: Event) => {
    const turn = advance(book, state, event)
    state = turn.state
    wanted = [...wanted, ...turn.effects.flatMap(wish)]
    const sends = turn.effects.filter(effect => effect.type === 'send')
    heard += sends.map(send => [send.text, ...(send.options ?? []).map(o => o.label)].join('\n')).join('\n')
  }
  for (const [index, line] of dialogue.entries()) {
    const where = `line ${index + 1}`
    if ('bot' in line) {
      const found = heard.indexOf(line.bot.trim())
      if (found === -1) return `${where}: expected "${line.bot}", but the bot said:\n${heard || '(nothing)'}`
      heard = heard.slice(found + line.bot.trim().length)
      continue
    }
    if ('house' in line) {
      const next = wanted.shift()
      if (next?.action !== line.house)
        return `${where}: expected ${line.house}, but wanted is ${next?.action}`
      for (const [key, value] of Object.entries(line.with ?? {})) {
        if (next.with[key] !== value) return `${where}: ${key} should be "${value}", not "${next.with[key]}"`
      }
      if (UNANSWERED.has(next.action)) continue
      if (line.fails !== undefined) take({ type: 'action_failed', reason: line.fails, at })
      else take({ type: 'action_finished', result: line.result ?? {}, at })
      continue
    }
    if (wanted.length > 0) return `${where}: nobody did ${wanted[0]?.action}`
    heard = ''
    if ('citizen' in line) take(reply(line.citizen, at))
    else if ('silence' in line) take({ type: 'silence', at })
    else if ('event' in line) take({ ...line.event, at } as Event)
    else if (line.staff === 'released') take({ type: 'staff_released', at })
    else
      take({
        type: 'staff_wrote',
        ticket: line.ticket ?? '',
        kind: line.kind ?? 'told',
        text: line.staff,
        at,
      })
  }
  return wanted.length > 0 ? `at the end nobody did ${wanted[0]?.action}` : undefined
}

/** These stand in a transcript like something done, but nothing comes back from them. */
const UNANSWERED: ReadonlySet<string> = new Set(['hand_over', 'forget_file', 'note_unkept'])

function wish(effect: Effect): { action: string; with: Record<string, string> }[] {
  if (effect.type === 'hand_over') return [{ action: 'hand_over', with: { desk: effect.desk } }]
  if (effect.type === 'note_unkept') return [{ action: 'note_unkept', with: { ticket: effect.ticket } }]
  if (effect.type === 'forget_file') return [{ action: 'forget_file', with: { file: effect.file } }]
  return effect.type === 'perform' ? [effect] : []
}

function reply(what: Said, at: string): Event {
  const base = { type: 'replied', text: '', at } as const
  if (typeof what === 'string') return { ...base, kind: 'text', text: what }
  if ('photo' in what && what.unkept) return { ...base, kind: 'photo', unkept: true }
  if ('photo' in what)
    return { ...base, kind: 'photo', file: { id: 'f1', name: what.photo, mime: 'image/jpeg' } }
  if ('document' in what) {
    return { ...base, kind: 'document', file: { id: 'f2', name: what.document, mime: 'application/pdf' } }
  }
  if ('voice' in what)
    return { ...base, kind: 'voice', file: { id: 'f3', name: what.voice, mime: 'audio/ogg' } }
  if ('press' in what) return { ...base, kind: 'text', choice: what.press }
  return { ...base, kind: 'location', location: what.location }
}
