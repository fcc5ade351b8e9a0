import { isAnonymous } from './anonymous.ts'
import type { Reply } from './hear.ts'
import { phrase } from './phrase.ts'
import { own } from './plain.ts'
import { putOpen } from './put.ts'
import type { Event } from './state.ts'
import { flush, say, standingOf, type Taking } from './taking.ts'
import { holdsPhrase } from './vocabulary.ts'
import { nextOf, walkTo } from './walk.ts'

/** The action that knows, or finds somebody who does. */
export const ANSWER_QUESTION = 'answer_question'

/** Whether a reply asks rather than answers: a question mark, or a word of asking, slang included. */
export function isAsking(taking: Taking, reply: Reply): boolean {
  if (reply.kind !== 'text' || reply.said.length < 3) return false
  return reply.text.includes('?') || holdsPhrase(reply.said.split(' '), taking.words.questions)
}

/**
 * Passes a citizen's question on, with topic and mode of the open draft: they tell who may read it. What is open stays
 * open, and is put again after the answer. Nothing leaves an anonymous draft: the question would keep this address.
 */
export function askAside(taking: Taking, text: string): void {
  const at = taking.state.at?.behind ?? taking.state.at
  if (isAnonymous(at) || isAnonymous(taking.state.at)) {
    say(taking, phrase(taking, 'question_kept_back'))
    putOpen(taking)
    return
  }
  flush(taking)
  const topic = own(at?.answers, 'topic') ?? ''
  const mode = own(at?.answers, 'mode') ?? ''
  const about = { ...(topic === '' ? {} : { topic }), ...(mode === '' ? {} : { mode }) }
  taking.effects.push({ type: 'perform', action: ANSWER_QUESTION, with: { text, ...about } })
  taking.state.aside = true
}

/** An action has come back. Only one we wait for fits: that of the step first, then a question's. */
export function takeResult(
  taking: Taking,
  event: Extract<Event, { type: 'action_finished' | 'action_failed' }>,
): void {
  const { state } = taking
  const here = standingOf(taking)
  if (here?.step.kind === 'do' && here.at.waiting === 'action') {
    const { at, flow, step } = here
    if (event.type === 'action_failed') {
      // Why, for a branch: `done.failed`. What an earlier try has brought does not hold any more.
      const failed = typeof event.reason === 'string' ? event.reason.slice(0, 40) : ''
      if (step.keep !== undefined) at.kept = { ...at.kept, [step.keep]: { failed } }
      walkTo(taking, step.fails)
      return
    }
    setLanguage(taking, event.result.language)
    if (step.keep !== undefined) at.kept = { ...at.kept, [step.keep]: event.result }
    walkTo(taking, nextOf(flow, at.step, step))
    return
  }
  if (state.aside === undefined) return
  delete state.aside
  if (event.type === 'action_failed') say(taking, phrase(taking, 'sorry_failed'))
  else if (typeof event.result.text === 'string') say(taking, event.result.text)
  putOpen(taking)
}

function setLanguage(taking: Taking, language: unknown): void {
  if (typeof language === 'string' && taking.book.languages.includes(language))
    taking.state.language = language
}
