import { noteAnswered } from './answered.ts'
import type { Reply } from './hear.ts'
import { isKeptBack } from './open-flow.ts'
import { phrase } from './phrase.ts'
import { putOpen } from './put.ts'
import { askFlow, knewNothing } from './question.ts'
import type { Event } from './state.ts'
import { flush, say, standingOf, type Taking } from './taking.ts'
import { endsAsking, holdsPhrase } from './vocabulary.ts'
import { nextOf, walkTo } from './walk.ts'

/** The action that knows, or finds somebody who does. */
const ANSWER_QUESTION = 'answer_question'

/** Whether a reply asks rather than answers: a question mark, or a word of asking, slang included. */
export function isAsking(taking: Taking, reply: Reply): boolean {
  if (reply.kind !== 'text' || reply.said.length < 3) return false
  const { words } = taking
  if (reply.text.includes('?') || endsAsking(words, reply.said)) return true
  return holdsPhrase(reply.said.split(' '), words.questions)
}

/**
 * Answers a citizen's question, in front of what is open: that stays open, and is put again after the answer. A house without a
 * flow for questions asks the action itself.
 */
export function askAside(taking: Taking, text: string): void {
  if (isKeptBack(taking) || askFlow(taking, { text })) return
  flush(taking)
  taking.effects.push({ type: 'perform', action: ANSWER_QUESTION, with: { text } })
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
    noteAnswered(taking, at, event.result)
    if (knewNothing(taking, at, event.result)) return
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
