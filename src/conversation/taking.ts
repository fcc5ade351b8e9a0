import type { Flow, FlowBook, Step, Words } from './flow.ts'
import { own } from './plain.ts'
import type { Effect, Option, Standing, State } from './state.ts'
import { type Vocabulary, vocabularyOf } from './vocabulary.ts'

/** One event being taken in: our own copy of the state, and what is wanted so far. Lives for one turn. */
export type Taking = {
  readonly book: FlowBook
  readonly words: Vocabulary
  readonly at: string
  state: State
  effects: Effect[]
  /** Said but not yet sent: all that the bot says in a turn goes out as one message, as far as order allows. */
  said: string[]
  /** Something of it belongs to a selection of staff. */
  ofRecruitment?: true
  options?: Option[]
  wants?: 'location'
  /** What the citizen's own greeting is answered with. */
  greeting?: string
  /** Steps walked this turn; see MOST_STEPS. */
  walked: number
}

/** The flow that takes what a citizen says about a ticket. */
export const FOLLOW_UP = 'follow_up'

/** The flow that answers what a citizen asks. */
export const QUESTION = 'question'

/** A turn that walks further is in a circle the lint has missed. */
export const MOST_STEPS = 50

export function beginTaking(book: FlowBook, state: State, at: string): Taking {
  const copy = { ...state, turn: state.turn + 1 }
  if (state.at !== undefined) copy.at = { ...state.at }
  return { book, words: vocabularyOf(book), at, state: copy, effects: [], said: [], walked: 0 }
}

export function say(taking: Taking, text: string): void {
  if (text === '') return
  taking.said.push(text)
  const { at } = taking.state
  if (at !== undefined && flowOf(taking.book, at)?.recruitment) taking.ofRecruitment = true
}

/** Sends what was said so far, so that what follows comes after it. */
export function flush(taking: Taking): void {
  if (taking.said.length === 0) return
  const { options, wants } = taking
  // The one place where the warning is put: no flow, action or translation of a selection can forget it.
  const warning = taking.ofRecruitment && own(taking.book.house.phrases, 'recruitment_notice')
  if (warning) taking.said.push(inLanguage(warning, taking.state.language))
  const text = taking.said.join('\n\n')
  noteNotice(taking, text)
  const more = { ...(options === undefined ? {} : { options }), ...(wants === undefined ? {} : { wants }) }
  taking.effects.push({ type: 'send', text, ...more })
  taking.said = []
  delete taking.ofRecruitment
  delete taking.options
  delete taking.wants
}

/** How today's privacy notice names its version; undefined where the house names none. */
export function noticeOf({ book }: Pick<Taking, 'book'>): Words | undefined {
  return own(book.house.phrases, 'notice_version')
}

/** Versions remembered of one citizen: years of a notice that changes twice a year. */
const NOTICES = 12

/** A message that holds the notice of today has shown it: that is remembered, to the day. */
function noteNotice({ book, state, at }: Taking, text: string): void {
  const version = noticeOf({ book })
  const { notices = [] } = state
  if (version === undefined || notices.at(-1)?.version === version.id) return
  if (!text.includes(inLanguage(version, state.language))) return
  state.notices = [...notices, { version: version.id, on: at.slice(0, 10) }].slice(-NOTICES)
}

/** What the citizen may press at the question being put; older buttons expire. */
export function offer(taking: Taking, offered: [name: string, label: string][]): void {
  const { turn } = taking.state
  taking.options = offered.map(([name, label]) => ({ id: `${turn}.${name}`, label }))
  taking.state.asked = turn
}

/** The flow as it was when the walk began, or undefined when nobody has that version any more. */
export function flowOf(book: FlowBook, standing: Standing): Flow | undefined {
  const today = own(book.flows, standing.flow)
  return today?.version === standing.version ? today : own(book.versions, standing.version)
}

/** Where the citizen stands: flow and step, or undefined when nothing is open or the step is gone. */
export function standingOf(taking: Taking): { at: Standing; flow: Flow; step: Step } | undefined {
  const { at } = taking.state
  if (at === undefined) return undefined
  const flow = flowOf(taking.book, at)
  if (flow === undefined) return undefined
  const step = own(flow.steps, at.step)
  return step === undefined ? undefined : { at, flow, step }
}

export function inLanguage(words: Words, language: string): string {
  return own(words, language) ?? words.id
}

export function keepAnswer(at: Standing, step: string, answer: string): void {
  at.answers = { ...at.answers, [step]: answer }
  reached(at, step)
}

/** The walk has come to an answered step: its answer counts from here on. */
export function reached(at: Standing, step: string): void {
  for (const list of ['given', 'ahead'] as const) {
    const rest = at[list]?.filter(name => name !== step)
    if (rest === undefined || rest.length === 0) delete at[list]
    else at[list] = rest
  }
}
