import { advance } from './engine.ts'
import type { Flow, FlowBook, Step } from './flow.ts'
import type { KnownActions } from './known-actions.ts'
import { own } from './plain.ts'
import { type Effect, type Event, type Option, type Result, restingState, type State } from './state.ts'
import { flowOf } from './taking.ts'

/** One thing somebody does in a trial: as a citizen, or in place of the house, which carries nothing out. */
export type Try =
  | { text: string }
  | { choice: string }
  | { sends: 'photo' | 'document' | 'location' }
  | { done: Record<string, string> }
  | { failed: string }

/** What a trial shows, in order. */
export type TriedLine =
  | { from: 'bot' | 'citizen'; text: string }
  | { from: 'house'; is: 'action'; action: string; with: Record<string, string> }
  | { from: 'house'; is: 'handover'; desk: string; note: string }
  | { from: 'house'; is: 'closed'; flow: string; how: 'ended' | 'cancelled' | 'silent' }

/** What an action could give back here: the fields that some branch looks at, with the values it looks for. */
export type Pretence = { action: string; asks: { field: string; values: string[] }[]; fails: string[] }

export type Tried = {
  lines: TriedLine[]
  options: Option[]
  /** An action is waited for: somebody says how it went. */
  pretend?: Pretence
  /** What the open question takes besides words. */
  sends?: 'photo' | 'document' | 'location'
  /** The step that is open, while the flow on trial is. */
  step?: string
  waiting: 'reply' | 'action' | 'staff' | 'nothing'
}

/** More would be no trial any more. */
export const MOST_TRIES = 80

/**
 * Walks a flow from its beginning by everything done so far. Nothing is kept between two calls and nothing is carried out: the same
 * tries on the same `day` (YYYY-MM-DD) give the same trial. What does not fit is heard as the engine hears it from a citizen.
 */
export function tryFlow(
  book: FlowBook,
  actions: KnownActions,
  of: { flow: string; language: string; day: string },
  tries: readonly Try[],
): Tried {
  let state = restingState(of.language)
  const lines: TriedLine[] = []
  let options: Option[] = []
  let asked: string | undefined
  const take = (event: Event) => {
    const turn = advance(book, state, event)
    for (const effect of turn.effects) {
      lines.push(...linesOf(effect))
      if (effect.type === 'send') options = effect.options ?? []
      if (effect.type === 'perform') asked = effect.action
    }
    state = turn.state
  }
  take({ type: 'invited', flow: of.flow, otherwise: '', at: timeOf(of.day, 0) })
  for (const [n, one] of tries.slice(0, MOST_TRIES).entries()) {
    const said = saidIn(one, options)
    if (said !== undefined) lines.push({ from: 'citizen', text: said })
    options = []
    take(eventOf(one, { book, actions, state, action: asked, at: timeOf(of.day, n + 1) }))
  }
  return { lines, options, ...standing(book, state, asked) }
}

/** Everybody in a trial starts at nine, and takes a minute for each answer: nobody is a flood. */
function timeOf(day: string, n: number): string {
  return `${new Date(Date.parse(`${day}T09:00:00Z`) + n * 60_000).toISOString().slice(0, 19)}+07:00`
}

function linesOf(effect: Effect): TriedLine[] {
  switch (effect.type) {
    case 'send':
      return [{ from: 'bot', text: effect.text }]
    case 'perform':
      return [{ from: 'house', is: 'action', action: effect.action, with: effect.with }]
    case 'hand_over':
      return [{ from: 'house', is: 'handover', desk: effect.desk, note: effect.note }]
    case 'close':
      return [{ from: 'house', is: 'closed', flow: effect.flow, how: effect.how }]
    case 'hand_back':
    case 'forget_file':
    case 'note_unkept':
      return []
  }
}

function saidIn(one: Try, options: Option[]): string | undefined {
  if ('text' in one) return one.text
  if ('choice' in one) return options.find(({ id }) => id === one.choice)?.label ?? one.choice
  return 'sends' in one ? `[${one.sends}]` : undefined
}

type Now = { book: FlowBook; actions: KnownActions; state: State; action: string | undefined; at: string }

function eventOf(one: Try, now: Now): Event {
  const { at } = now
  if ('done' in one) return { type: 'action_finished', result: resultOf(one.done, now), at }
  if ('failed' in one) return { type: 'action_failed', reason: one.failed, at }
  if ('choice' in one) return { type: 'replied', kind: 'text', text: '', choice: one.choice, at }
  if ('text' in one) return { type: 'replied', kind: 'text', text: one.text, at }
  if (one.sends === 'location')
    return { type: 'replied', kind: 'location', text: '', location: { latitude: 3.59, longitude: 98.67 }, at }
  const isPhoto = one.sends === 'photo'
  const name = isPhoto ? 'contoh.jpg' : 'contoh.pdf'
  const file = { id: 'contoh', name, mime: isPhoto ? 'image/jpeg' : 'application/pdf' }
  return { type: 'replied', kind: one.sends, text: '', file, at }
}

/** What was pretended, and for every other field a mark that shows where it is told: ‹code›. */
function resultOf(done: Record<string, string>, { actions, action }: Now): Result {
  const gives = own(actions, action ?? '')?.gives ?? ['text']
  const marks = gives.map((field): [string, Result[string]] => [
    field,
    field === 'options' ? { contoh_a: 'Contoh A', contoh_b: 'Contoh B' } : `‹${field}›`,
  ])
  return { ...Object.fromEntries(marks), ...done }
}

function standing(book: FlowBook, state: State, asked: string | undefined): Omit<Tried, 'lines' | 'options'> {
  const { at } = state
  const flow = at === undefined ? undefined : flowOf(book, at)
  const step = flow === undefined ? undefined : own(flow.steps, at?.step ?? '')
  if (state.aside !== undefined && asked !== undefined)
    return { waiting: 'action', pretend: { action: asked, asks: [], fails: [] } }
  if (at === undefined || flow === undefined || step === undefined) return { waiting: 'nothing' }
  if (at.waiting === 'action' && step.kind === 'do')
    return { waiting: 'action', step: at.step, pretend: pretenceOf(flow, step) }
  return { waiting: at.waiting, step: at.step, ...sendsOf(step) }
}

function pretenceOf(flow: Flow, { do: action, keep = '' }: Extract<Step, { kind: 'do' }>): Pretence {
  const looked = Object.values(flow.steps).flatMap(step =>
    step.kind === 'branch' ? step.branch.flatMap(({ when }) => Object.entries(when)) : [],
  )
  const values = (field: string) => [
    ...new Set(looked.filter(([on]) => on === `${keep}.${field}`).map(([, value]) => value)),
  ]
  const fields = new Set(
    looked.flatMap(([on]) => (on.startsWith(`${keep}.`) ? on.slice(keep.length + 1) : [])),
  )
  fields.delete('failed')
  return {
    action,
    asks: [...fields].map(field => ({ field, values: values(field) })),
    fails: values('failed'),
  }
}

function sendsOf(step: Step): Pick<Tried, 'sends'> {
  if (step.kind !== 'ask') return {}
  const { accept } = step
  return accept === 'photo' || accept === 'document' || accept === 'location' ? { sends: accept } : {}
}
