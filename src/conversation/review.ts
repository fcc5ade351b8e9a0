import { answerOf, isQuestion } from './answers.ts'
import type { Flow } from './flow.ts'
import { phrase, shown } from './phrase.ts'
import { own } from './plain.ts'
import { putOpen } from './put.ts'
import type { Standing } from './state.ts'
import { flowOf, say, standingOf, type Taking } from './taking.ts'
import { branchOf, nextOf, walkTo } from './walk.ts'

/** What was chosen at a review: send it, or change something. */
export function settleReview(taking: Taking, choice: string): void {
  const here = standingOf(taking)
  if (here?.step.kind !== 'review') return
  if (choice === 'send') {
    walkTo(taking, nextOf(here.flow, here.at.step, here.step))
    return
  }
  taking.state.asking = 'change'
  putOpen(taking)
}

/**
 * Goes back to a question that was answered. From there the road is walked again: answers behind it wait to be
 * reached and are not asked twice, while what is said and done on that road is said and done again.
 */
function returnTo(taking: Taking, at: Standing, step: string, before: string[]): void {
  delete taking.state.asking
  const flow = flowOf(taking.book, at)
  if (flow === undefined) return
  const behind = Object.keys(at.answers).filter(
    name =>
      name !== step &&
      !before.includes(name) &&
      !at.given?.includes(name) &&
      isQuestion(own(flow.steps, name)),
  )
  at.step = step
  at.waiting = 'reply'
  if (behind.length > 0) at.ahead = behind
  else delete at.ahead
  const answer = own(at.answers, step)
  if (answer !== undefined) {
    say(taking, phrase(taking, 'earlier_answer', { earlier: shown(taking, flow, at, step, answer) }))
  }
  putOpen(taking)
}

/** Puts the question whose answer shall be changed. */
export function changeAnswer(taking: Taking, step: string): void {
  const here = standingOf(taking)
  if (here === undefined) return
  const road = roadTo(here.flow, here.at, step)
  returnTo(taking, here.at, step, road ?? [])
}

/** The word back: the question before, with everything answered kept. */
export function goBack(taking: Taking): void {
  const { state } = taking
  if (state.asking === 'change') {
    delete state.asking
    putOpen(taking)
    return
  }
  const here = standingOf(taking)
  if (here === undefined) return
  const { at, flow } = here
  // A step that only a failed action leads to is on no road; its last answer is the question before it then.
  const road = roadTo(flow, at, at.step) ?? answeredSoFar(flow, at)
  const before = road.at(-1)
  if (before !== undefined) {
    returnTo(taking, at, before, road.slice(0, -1))
    return
  }
  say(taking, phrase(taking, 'earlier'))
  putOpen(taking)
}

function answeredSoFar(flow: Flow, at: Standing): string[] {
  return Object.keys(at.answers).filter(
    name => name !== at.step && answerOf(at, name) !== undefined && isQuestion(own(flow.steps, name)),
  )
}

/**
 * The questions on the road from the first step to `goal`, by the answers given; undefined when the road does
 * not come by. Walks each step at most once, so it ends whatever the flow.
 */
function roadTo(flow: Flow, at: Standing, goal: string): string[] | undefined {
  const road: string[] = []
  const seen = new Set<string>()
  let name = flow.order[0]
  while (name !== undefined && name !== goal && !seen.has(name)) {
    seen.add(name)
    const step = own(flow.steps, name)
    if (step === undefined || step.kind === 'end' || step.kind === 'handover') return undefined
    if (isQuestion(step) && answerOf(at, name) !== undefined && !at.given?.includes(name)) road.push(name)
    name =
      step.kind === 'branch'
        ? (branchOf(step, at) ?? nextOf(flow, name, step))
        : nextOf(flow, name, step, answerOf(at, name))
  }
  return name === goal ? road : undefined
}
