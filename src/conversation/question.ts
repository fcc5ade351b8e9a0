import type { Reply } from './hear.ts'
import { MENU, openFlow, wantFlow } from './open-flow.ts'
import { phrase } from './phrase.ts'
import { own } from './plain.ts'
import type { Result, Standing } from './state.ts'
import { flowOf, keepAnswer, QUESTION, say, standingOf, type Taking } from './taking.ts'
import { deedOf } from './vocabulary.ts'
import { nextOf, walkTo } from './walk.ts'

/**
 * What a citizen asks. `wish`: the answer of `article` did not help; or nobody called these words a question, at rest (`loose`) or
 * at the menu (`again`).
 */
export type Asked = { text: string; wish?: 'unhelpful' | 'loose' | 'again'; article?: string }

/** The option of the flow that means none of the others. */
const NONE = 'none'

/** Tries in a row at words nobody called a question; one more, and a person is offered. */
const MOST_LOOSE = 2

/**
 * Asks what is known, in front of whatever is open, which goes on behind the answer; with topic and mode of that draft, since they
 * tell who may read it. False in a house whose flows answer no questions.
 */
export function askFlow(taking: Taking, asked: Asked): boolean {
  const { at } = taking.state
  if (own(taking.book.flows, QUESTION) === undefined) return false
  const draft = at?.behind ?? at
  const about = ['topic', 'mode'].flatMap(name => {
    const answer = own(draft?.answers, name) ?? ''
    return answer === '' ? [] : [[name, answer] as const]
  })
  const given = { ...asked, ...Object.fromEntries(about) }
  if (at === undefined || at.flow === MENU) openFlow(taking, QUESTION, given)
  else wantFlow(taking, QUESTION, given)
  return true
}

/**
 * Words that fit nothing else, at rest or at the menu: "passing grade skd". What nobody knows leads to the menu, and
 * counts there like a reply that fits nothing.
 */
export function askLoosely(taking: Taking, reply: Reply): boolean {
  const { at, misses = 0, warned } = taking.state
  // Who needs an ambulance reads its number, and no article below it.
  if (warned) return false
  if (reply.kind !== 'text' || !/\p{L}{3}/u.test(reply.text) || misses >= MOST_LOOSE) return false
  if (deedOf(taking.words, reply.text, reply.said) !== undefined) return false
  const wish = at === undefined ? 'loose' : 'again'
  if (!askFlow(taking, { text: reply.text, wish })) return false
  taking.state.misses = misses + 1
  return true
}

/** Nobody called it a question, and nobody knows it: then the menu helps more than an apology. */
export function knewNothing(taking: Taking, at: Standing, { kind }: Result): boolean {
  const wish = own(at.answers, 'wish')
  if (at.flow !== QUESTION || kind !== 'unknown' || (wish !== 'loose' && wish !== 'again')) return false
  const { misses } = taking.state
  if (wish === 'again') say(taking, phrase(taking, 'not_understood'))
  openFlow(taking, MENU)
  if (misses !== undefined) taking.state.misses = misses
  return true
}

/** A button below an answer. False when it is none, or that of an older answer. */
export function pressedUnhelpful(taking: Taking, choice: string): boolean {
  return choice === `a.${taking.state.answered?.turn}` && saidUnhelpful(taking)
}

/** The last answer did not help, or none of what is suggested: the question goes to a person. False when there was neither. */
export function saidUnhelpful(taking: Taking): boolean {
  const { answered } = taking.state
  const here = isOffering(taking) ? standingOf(taking) : undefined
  if (here?.step.kind === 'choose' && own(here.step.options, NONE) !== undefined) {
    keepAnswer(here.at, here.at.step, NONE)
    walkTo(taking, nextOf(here.flow, here.at.step, here.step, NONE))
    return true
  }
  if (answered === undefined) return false
  const { text, article } = answered
  return askFlow(taking, { text, article, wish: 'unhelpful' })
}

/**
 * Whether what is open only offers something, about a question or to begin a survey: whoever writes something else then is not asked again, but heard as
 * if it had not been offered.
 */
export function isOffering(taking: Taking): boolean {
  const here = standingOf(taking)
  if (here?.step.kind !== 'choose') return false
  return here.at.flow === QUESTION || here.flow.offers === here.at.step
}

/** Leaves the offer without a word: the walk behind it is open again, or nothing. */
export function leaveOffer(taking: Taking): void {
  const { state } = taking
  const { behind, flow = QUESTION } = state.at ?? {}
  taking.effects.push({ type: 'close', flow, how: 'cancelled' })
  for (const key of ['at', 'asked', 'misses'] as const) delete state[key]
  if (behind === undefined) return
  if (flowOf(taking.book, behind) === undefined) say(taking, phrase(taking, 'flow_gone'))
  else state.at = { ...behind }
}
