import { isAnonymous } from './anonymous.ts'
import { isQuestion, offeredBy } from './answers.ts'
import type { Flow, Step } from './flow.ts'
import { hearAsk, typed } from './hear.ts'
import { hearChoice } from './hear-choice.ts'
import { phrase } from './phrase.ts'
import { own } from './plain.ts'
import { putOpen } from './put.ts'
import { rest } from './rest.ts'
import type { Standing } from './state.ts'
import { FOLLOW_UP, flowOf, QUESTION, say, type Taking } from './taking.ts'
import { giveUp, walkTo } from './walk.ts'

/** The flow of the house that a citizen meets when nothing else fits. */
export const MENU = 'menu'

/** In the middle of a draft that must leave no trace a question stays here: passed on, it would keep this address. */
export function isKeptBack(taking: Taking): boolean {
  const { at } = taking.state
  if (!isAnonymous(at?.behind) && !isAnonymous(at)) return false
  say(taking, phrase(taking, 'question_kept_back'))
  putOpen(taking)
  return true
}

/** A citizen wants this flow. A draft that is open is only left after asking. */
export function wantFlow(taking: Taking, name: string, given: Record<string, string> = {}): void {
  const { state } = taking
  const { at } = state
  if (own(taking.book.flows, name) === undefined) {
    putOpen(taking)
    return
  }
  if (name === QUESTION && isKeptBack(taking)) return
  if (at?.flow === name && name !== MENU && Object.keys(given).length === 0 && at.waiting === 'reply') {
    delete state.asking
    putOpen(taking)
    return
  }
  if (tellMeanwhile(taking, name, given)) return
  if (at?.behind !== undefined) {
    // What only tells something is left for what it was told in front of, and that one is asked about.
    taking.effects.push({ type: 'close', flow: at.flow, how: 'cancelled' })
    state.at = { ...at.behind }
    wantFlow(taking, name, given)
    return
  }
  if (at === undefined || !isDraft(taking, at)) {
    openFlow(taking, name, given)
    return
  }
  state.wanted = { flow: name, given }
  state.asking = 'keep'
  putOpen(taking)
}

/** Opens a flow that only tells something in front of the open walk, which goes on behind it. */
function tellMeanwhile(taking: Taking, name: string, given: Record<string, string>): boolean {
  const { at } = taking.state
  if (own(taking.book.flows, name)?.meanwhile === undefined) return false
  if (at === undefined || at.waiting !== 'reply' || at.flow === MENU) return false
  const { behind, ...walk } = at
  // One such flow follows another, rather than standing in front of it.
  if (behind === undefined && at.flow !== name) delete taking.state.at
  openFlow(taking, name, given, behind ?? (at.flow === name ? undefined : walk))
  return true
}

/** A walk somebody would be sorry to lose: not the menu's own choice, nor which ticket is meant, before a word about it. */
export function isDraft(taking: Taking, at: Standing): boolean {
  const flow = flowOf(taking.book, at)
  if (at.flow === MENU || at.waiting === 'staff' || flow?.meanwhile || flow?.browses) return false
  const { ticket: _, wish: __, code: ___, ...words } = at.answers
  const offers = flow?.offers
  if (offers !== undefined) return Object.keys(words).some(name => name !== offers)
  return Object.keys(at.flow === FOLLOW_UP ? words : at.answers).length > 0
}

/** Opens a flow at its first step, leaving whatever is open. `behind` goes on when it has ended. */
export function openFlow(
  taking: Taking,
  name: string,
  given: Record<string, string> = {},
  behind?: Standing,
): void {
  const { state } = taking
  const flow = own(taking.book.flows, name)
  if (state.at !== undefined) taking.effects.push({ type: 'close', flow: state.at.flow, how: 'cancelled' })
  leaveQuestions(taking)
  delete state.at
  if (flow === undefined) {
    giveUp(taking)
    return
  }
  const at: Standing = {
    flow: name,
    version: flow.version,
    step: flow.order[0] ?? '',
    waiting: 'reply',
    answers: {},
    ...(behind === undefined ? {} : { behind }),
  }
  state.at = at
  const fitting = Object.entries(given).flatMap(([step, text]) => {
    const answer = givenAnswer(taking, flow, at, step, text)
    return answer === undefined ? [] : [[step, answer] as const]
  })
  at.answers = Object.fromEntries(fitting)
  const early = fitting.map(([step]) => step).filter(step => isQuestion(own(flow.steps, step)))
  if (early.length > 0) at.given = early
  walkTo(taking, at.step)
}

function leaveQuestions(taking: Taking): void {
  for (const key of ['asking', 'wanted', 'asked', 'misses', 'answered'] as const) delete taking.state[key]
}

/** An answer given before its question, if it would do there. Options that come later from an action are trusted. */
function givenAnswer(
  taking: Taking,
  flow: Flow,
  at: Standing,
  name: string,
  text: string,
): string | undefined {
  const step: Step | undefined = own(flow.steps, name)
  if (step === undefined) return text
  const reply = typed(text, taking.at)
  if (step.kind === 'choose') {
    return hearChoice(offeredBy(step, at, taking.state.language), reply.said) ?? (step.from && text)
  }
  if (step.kind !== 'ask') return undefined
  const heard = hearAsk(step, reply)
  return 'answer' in heard ? heard.answer : undefined
}

/** What becomes of the draft when another flow is wanted, by the option chosen. */
export function settleDraft(taking: Taking, choice: 'keep' | 'drop' | 'continue'): void {
  const { state } = taking
  const { wanted, at } = state
  leaveQuestions(taking)
  if (choice === 'continue' || wanted === undefined) {
    putOpen(taking)
    return
  }
  if (choice === 'keep') {
    if (state.parked !== undefined)
      taking.effects.push({ type: 'close', flow: state.parked.flow, how: 'cancelled' })
    park(taking)
  }
  if (choice === 'drop' && at !== undefined) {
    taking.effects.push({ type: 'close', flow: at.flow, how: 'cancelled' })
    delete state.at
  }
  openFlow(taking, wanted.flow, wanted.given)
}

/** Puts the open draft aside. */
export function park(taking: Taking): void {
  const { at } = taking.state
  if (at !== undefined) taking.state.parked = at
  delete taking.state.at
}

/** Takes up the draft that was put aside, or drops it. */
export function settleParked(taking: Taking, choice: 'resume' | 'drop'): void {
  const { state } = taking
  const { parked } = state
  delete state.asking
  delete state.asked
  delete state.parked
  if (parked === undefined) return
  if (choice === 'drop') {
    taking.effects.push({ type: 'close', flow: parked.flow, how: 'cancelled' })
    say(taking, phrase(taking, 'cancelled'))
    return
  }
  state.at = parked
  if (flowOf(taking.book, parked) === undefined || !putOpen(taking)) giveUp(taking)
}

/** The word cancel: drops what is open, and says so in one message. */
export function cancel(taking: Taking): void {
  if (taking.state.asking === 'resume') {
    settleParked(taking, 'drop')
    return
  }
  say(taking, phrase(taking, taking.state.at === undefined ? 'nothing_to_cancel' : 'cancelled'))
  if (taking.state.at !== undefined) rest(taking, 'cancelled')
}
