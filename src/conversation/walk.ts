import { offerUnhelpful } from './answered.ts'
import { meaningOf, offeredBy, type Question } from './answers.ts'
import type { BranchStep, ChooseStep, DoStep, Flow, HandoverStep, Step } from './flow.ts'
import { fillRaw, phrase, speak } from './phrase.ts'
import { own } from './plain.ts'
import { putOpen } from './put.ts'
import { rest } from './rest.ts'
import type { Standing } from './state.ts'
import { flowOf, flush, keepAnswer, MOST_STEPS, reached, say, standingOf, type Taking } from './taking.ts'

/** Where a step leads: the name of the next one, or that the walk stops here. */
type Lead = { to: string | undefined } | 'wait'

/** Walks on from the step named, until there is something to wait for. A flow's name leads into that flow. */
export function walkTo(taking: Taking, to: string | undefined): void {
  let next = to
  while (taking.state.at !== undefined) {
    const { at } = taking.state
    const here = next === undefined ? undefined : stepInto(taking, at, next)
    if (here === undefined || ++taking.walked > MOST_STEPS) {
      giveUp(taking)
      return
    }
    const lead = take(taking, here.at, here.flow, here.step)
    if (lead === 'wait') return
    next = lead.to
  }
}

/** Stands on the step of that name or, when it is a flow's, at the beginning of that flow. */
function stepInto(taking: Taking, at: Standing, name: string): ReturnType<typeof standingOf> {
  at.step = name
  const here = standingOf(taking)
  if (here !== undefined) return here
  const flow = own(taking.book.flows, name)
  const first = flow?.order[0]
  if (flow === undefined || first === undefined) return undefined
  taking.effects.push({ type: 'close', flow: at.flow, how: 'ended' })
  const answers = broughtAlong(taking, at, flow)
  const given = Object.keys(answers)
  taking.state.at = {
    flow: flow.name,
    version: flow.version,
    step: first,
    waiting: 'reply',
    answers,
    ...(given.length === 0 ? {} : { given }),
  }
  return standingOf(taking)
}

/**
 * What was chosen is not asked again by the flow it leads to: a choice of the same name that has the same option. Where both offer what an
 * action found, the action of the other flow tells whether it still is there.
 */
function broughtAlong(taking: Taking, at: Standing, to: Flow): Record<string, string> {
  const steps = flowOf(taking.book, at)?.steps
  const same = Object.entries(at.answers).filter(([name, answer]) => {
    const [asked, asks] = [own(steps, name), own(to.steps, name)]
    if (asked?.kind !== 'choose' || asks?.kind !== 'choose') return false
    if (own(asked.options, answer) === undefined) return asked.from !== undefined && asks.from !== undefined
    return own(asks.options, answer) !== undefined
  })
  return Object.fromEntries(same)
}

function take(taking: Taking, at: Standing, flow: Flow, step: Step): Lead {
  at.waiting = 'reply'
  switch (step.kind) {
    case 'say':
      say(taking, speak(taking, step.say))
      return { to: nextOf(flow, at.step, step) }
    case 'ask':
    case 'choose':
      return takeQuestion(taking, at, flow, step)
    case 'review':
      putOpen(taking)
      return 'wait'
    case 'branch':
      return { to: branchOf(step, at) ?? below(flow, at.step) }
    case 'do':
      return perform(taking, at, step)
    case 'handover':
      return handOver(taking, at, flow, step)
    case 'end':
      say(taking, speak(taking, step.end))
      offerUnhelpful(taking)
      rest(taking, 'ended')
      return 'wait'
  }
}

/** A question answered beforehand is passed by; one met again on the same road is put again. */
function takeQuestion(taking: Taking, at: Standing, flow: Flow, step: Question): Lead {
  const waits = at.given?.includes(at.step) || at.ahead?.includes(at.step)
  const answer = waits ? own(at.answers, at.step) : undefined
  if (answer !== undefined) {
    reached(at, at.step)
    return { to: nextOf(flow, at.step, step, answer) }
  }
  const only = step.kind === 'choose' ? noChoice(step, at) : undefined
  if (only !== undefined) {
    keepAnswer(at, at.step, only)
    return { to: nextOf(flow, at.step, step, only) }
  }
  putOpen(taking)
  return 'wait'
}

/** The answer to a choice that is none: '' for an empty list, which would leave the citizen stuck. */
function noChoice(step: ChooseStep, at: Standing): string | undefined {
  const offered = offeredBy(step, at, '')
  if (offered.length === 0) return ''
  const kept = offered.length - Object.keys(step.options).length
  // An answer that is there already is being changed: then the question is put.
  const isFirst = own(at.answers, at.step) === undefined
  return step.sole && kept === 1 && isFirst ? offered[0]?.[0] : undefined
}

function perform(taking: Taking, at: Standing, step: DoStep): Lead {
  const fields = Object.entries(step.with).map(([key, text]) => [
    key,
    fillRaw(text, name => meaningOf(at, name)),
  ])
  flush(taking)
  if (at.unkept !== undefined) fields.push(['unkept', String(at.unkept)])
  taking.effects.push({ type: 'perform', action: step.do, with: Object.fromEntries(fields) })
  at.waiting = 'action'
  return 'wait'
}

function handOver(taking: Taking, at: Standing, flow: Flow, step: HandoverStep): Lead {
  const given = Object.keys(at.answers).filter(name => meaningOf(at, name) !== '')
  say(taking, speak(taking, step.say))
  flush(taking)
  taking.effects.push({
    type: 'hand_over',
    desk: step.desk,
    // Staff read Indonesian whatever the citizen speaks.
    note: speak({ ...taking, state: { ...taking.state, language: 'id' } }, step.note),
    with: Object.fromEntries(
      given.filter(name => own(flow.steps, name)).map(name => [name, meaningOf(at, name)]),
    ),
  })
  at.waiting = 'staff'
  return 'wait'
}

/** Where the road goes on behind a step, given its answer. */
export function nextOf(flow: Flow, name: string, step: Step, answer?: string): string | undefined {
  const next = 'next' in step ? step.next : undefined
  if (typeof next === 'string') return next
  return own(next, answer ?? '') ?? below(flow, name)
}

/** The step a branch leads to, by equality alone; case does not count. Undefined: the step below. */
export function branchOf(step: BranchStep, at: Standing): string | undefined {
  const fits = (when: Record<string, string>) =>
    Object.entries(when).every(([name, value]) => meaningOf(at, name).toLowerCase() === value.toLowerCase())
  return step.branch.find(road => fits(road.when))?.next ?? step.else
}

export function below(flow: Flow, name: string): string | undefined {
  return flow.order[flow.order.indexOf(name) + 1]
}

/** The road leads nowhere: the flow is gone, or goes in a circle. The citizen is told and set free. */
export function giveUp(taking: Taking): void {
  say(taking, phrase(taking, 'flow_gone'))
  rest(taking, 'cancelled')
}
