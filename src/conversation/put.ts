import { answerOf, isQuestion, offeredBy } from './answers.ts'
import type { Flow, ReviewStep } from './flow.ts'
import type { Offered } from './hear-choice.ts'
import { phrase, shown, speak } from './phrase.ts'
import type { PhraseName } from './phrases.ts'
import { own } from './plain.ts'
import type { Standing, State } from './state.ts'
import { flowOf, inLanguage, offer, say, standingOf, type Taking } from './taking.ts'

type Asking = NonNullable<State['asking']>

/** Puts the question that is open: the house's own first, else the step's. False when there is none. */
export function putOpen(taking: Taking): boolean {
  const offered = offeredNow(taking)
  if (taking.state.asking !== undefined) say(taking, houseQuestion(taking, taking.state.asking))
  else {
    const here = standingOf(taking)
    if (here?.at.waiting !== 'reply') return false
    const { at, flow, step } = here
    if (step.kind === 'ask') {
      say(taking, speak(taking, step.ask))
      if (step.accept === 'location') taking.wants = step.accept
    } else if (step.kind === 'choose') say(taking, speak(taking, step.choose))
    else if (step.kind === 'review') say(taking, reviewText(taking, flow, at, step))
    else return false
  }
  if (offered.length > 0) offer(taking, offered)
  return true
}

/** What may be pressed at the open question; the same list that typed replies are compared with. */
export function offeredNow(taking: Taking): Offered {
  const { asking, language } = taking.state
  if (asking !== undefined) return offeredByHouse(taking, asking)
  const here = standingOf(taking)
  if (here?.at.waiting !== 'reply') return []
  if (here.step.kind === 'choose') return offeredBy(here.step, here.at, language)
  return here.step.kind === 'review' ? labelled(taking, OPTIONS.review) : []
}

function offeredByHouse(taking: Taking, asking: Asking): Offered {
  if (asking !== 'change') return labelled(taking, OPTIONS[asking])
  const here = standingOf(taking)
  if (here?.step.kind !== 'review') return []
  const { at, flow, step } = here
  return shownSteps(flow, at, step).map(name => [name, labelOf(flow, name, taking.state.language)])
}

/** Options of the house's own questions, with the sentence that labels each. */
const OPTIONS = {
  review: { send: 'review_send', change: 'review_change' },
  person: { person: 'offer_person_yes', continue: 'offer_person_no' },
  keep: { keep: 'keep_draft_keep', drop: 'keep_draft_drop', continue: 'keep_draft_go_on' },
  resume: { resume: 'resume_draft_yes', drop: 'resume_draft_no' },
} as const satisfies Record<string, Record<string, PhraseName>>

function labelled(taking: Taking, options: Record<string, PhraseName>): Offered {
  return Object.entries(options).map(([name, label]) => [name, phrase(taking, label)])
}

function houseQuestion(taking: Taking, asking: Asking): string {
  if (asking === 'change') return phrase(taking, 'change_which')
  if (asking === 'person') return phrase(taking, 'offer_person')
  const { at, parked, wanted } = taking.state
  if (asking === 'resume') return phrase(taking, 'resume_draft', { draft: titleOf(taking, parked) })
  const wantedFlow = own(taking.book.flows, wanted?.flow ?? '')
  return phrase(taking, parked === undefined ? 'keep_draft' : 'replace_draft', {
    draft: titleOf(taking, at),
    parked: titleOf(taking, parked),
    wanted: wantedFlow === undefined ? '' : inLanguage(wantedFlow.title, taking.state.language),
  })
}

function titleOf(taking: Taking, standing: Standing | undefined): string {
  const flow = standing && flowOf(taking.book, standing)
  return flow === undefined ? '' : inLanguage(flow.title, taking.state.language)
}

export function labelOf(flow: Flow, step: string, language: string): string {
  const words = own(flow.labels, step)
  return words === undefined ? step : inLanguage(words, language)
}

/** The steps a review shows now: those answered on the road that was walked. */
function shownSteps(flow: Flow, at: Standing, step: ReviewStep): string[] {
  return step.shows.filter(name => isQuestion(own(flow.steps, name)) && answerOf(at, name) !== undefined)
}

function reviewText(taking: Taking, flow: Flow, at: Standing, step: ReviewStep): string {
  const { language } = taking.state
  const lines = shownSteps(flow, at, step).map(name => {
    const answer = answerOf(at, name) ?? ''
    return `${labelOf(flow, name, language)}: ${shown(taking, flow, at, name, answer)}`
  })
  return `${speak(taking, step.review)}\n\n${lines.join('\n')}`
}
