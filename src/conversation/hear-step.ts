import { askAside, isAsking } from './aside.ts'
import type { AskStep, Flow, Step } from './flow.ts'
import { type Heard, hearAsk, type Reply, typed } from './hear.ts'
import { phrase, speak } from './phrase.ts'
import type { PhraseName } from './phrases.ts'
import { own } from './plain.ts'
import { putOpen } from './put.ts'
import type { Standing } from './state.ts'
import { keepAnswer, say, standingOf, type Taking } from './taking.ts'
import { nextOf, walkTo } from './walk.ts'

/** Misses in a row after which a person is offered. */
const MOST_MISSES = 3

/** Listens at the open step: an answer walks on, a question goes aside, anything else is a miss. */
export function hearStep(taking: Taking, reply: Reply): void {
  const here = standingOf(taking)
  if (here === undefined) return
  const { at, flow, step } = here
  if (!takesFile(step, reply) && keepFile(taking, at, flow, reply)) return
  const heard: Heard = step.kind === 'ask' ? hearAsk(step, reply) : { fault: 'unfit' }
  if ('answer' in heard) {
    delete taking.state.misses
    keepAnswer(at, at.step, heard.answer)
    walkTo(taking, nextOf(flow, at.step, step, heard.answer))
    return
  }
  // A text question takes any words, so a short one there is an answer that wants more, never a question.
  const takesWords = step.kind === 'ask' && (step.accept === 'text' || step.accept === 'when')
  if (!takesWords && isAsking(taking, reply)) {
    askAside(taking, reply.text)
    return
  }
  if (step.kind === 'choose' && step.otherwise !== undefined && reply.kind === 'text' && reply.said !== '') {
    at.step = step.otherwise
    hearStep(taking, reply)
    return
  }
  miss(taking, reply, step, heard.fault)
}

function takesFile(step: Step, reply: Reply): boolean {
  if (step.kind !== 'ask') return false
  if (reply.position !== undefined) return step.accept === 'location'
  return reply.file !== undefined && (step.accept === 'photo' || step.accept === 'document')
}

/**
 * A file that the open step cannot use is kept for a later question that can, and its caption is heard. True
 * when the reply is dealt with; false when there was no file.
 */
function keepFile(taking: Taking, at: Standing, flow: Flow, reply: Reply): boolean {
  const file = reply.file ?? reply.position
  if (file === undefined) return false
  const later = laterStep(at, flow, reply)
  say(taking, phrase(taking, fileWord(reply, later !== undefined)))
  if (later !== undefined) {
    at.answers = { ...at.answers, [later]: file }
    at.given = [...(at.given ?? []), later]
  }
  if (reply.text === '') putOpen(taking)
  else hearStep(taking, typed(reply.text, reply.at))
  return true
}

/** What is said about a file that came early, or a position: neither is called the other. */
export function fileWord(reply: Reply, isKept: boolean): PhraseName {
  if (reply.position === undefined) return isKept ? 'file_kept' : 'file_not_here'
  return isKept ? 'place_kept' : 'place_not_here'
}

/** The next optional question below that takes this kind of file and has no answer yet. */
function laterStep(at: Standing, flow: Flow, reply: Reply): string | undefined {
  return flow.order.slice(flow.order.indexOf(at.step) + 1).find(name => {
    const step = own(flow.steps, name)
    const free = (own(at.answers, name) ?? '') === ''
    return free && step?.kind === 'ask' && step.optional && takesFile(step, reply)
  })
}

/** The reply fitted nothing: say what is wanted and ask again; the third time in a row, offer a person. */
export function miss(taking: Taking, reply: Reply, step?: Step, fault: MissFault = 'unfit'): void {
  const { state } = taking
  state.misses = (state.misses ?? 0) + 1
  if (state.misses >= MOST_MISSES) {
    delete state.misses
    state.asking = 'person'
    delete state.wanted
  } else if (reply.kind !== 'text' && reply.text === '') say(taking, phrase(taking, 'only_text'))
  else say(taking, retryOf(taking, step, fault))
  putOpen(taking)
}

type MissFault = Extract<Heard, { fault: string }>['fault']

function retryOf(taking: Taking, step: Step | undefined, fault: MissFault): string {
  if ((step?.kind === 'ask' || step?.kind === 'choose') && step.retry !== undefined)
    return speak(taking, step.retry)
  if (step?.kind !== 'ask') return phrase(taking, 'not_understood')
  const bounds = { min: String(step.min ?? ''), max: String(step.max ?? '') }
  return phrase(taking, faultPhrase(step, fault), bounds)
}

const UNFIT: Record<AskStep['accept'], PhraseName> = {
  text: 'not_understood',
  when: 'not_a_date',
  number: 'not_a_number',
  date: 'not_a_date',
  phone: 'not_a_phone',
  photo: 'want_photo',
  document: 'want_document',
  location: 'want_location',
}

function faultPhrase(step: AskStep, fault: MissFault): PhraseName {
  if (fault === 'unfit') return UNFIT[step.accept]
  return ({ short: 'too_short', long: 'too_long', low: 'too_low', high: 'too_high' } as const)[fault]
}
