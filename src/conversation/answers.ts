import type { ChooseStep, Flow, Step } from './flow.ts'
import type { Offered } from './hear-choice.ts'
import { showDate } from './hear-date.ts'
import { own } from './plain.ts'
import type { Standing } from './state.ts'
import { inLanguage } from './taking.ts'

export type Question = Extract<Step, { kind: 'ask' | 'choose' }>

export function isQuestion(step: Step | undefined): step is Question {
  return step?.kind === 'ask' || step?.kind === 'choose'
}

/**
 * An answer that counts: given on the road walked so far. One that waits to be reached again may belong to
 * a road the citizen has left, so it is neither shown nor passed on.
 */
export function answerOf(at: Standing, step: string): string | undefined {
  return at.ahead?.includes(step) ? undefined : own(at.answers, step)
}

/** A field of an action's result, written `kept.field`; undefined when it is not there or not a text. */
export function keptOf(at: Standing, path: string): string | undefined {
  const dot = path.indexOf('.')
  const field = own(own(at.kept, path.slice(0, dot)), path.slice(dot + 1))
  return typeof field === 'string' ? field : undefined
}

/** What a name means to a condition or an action, as it is kept; '' when it was never given. */
export function meaningOf(at: Standing, name: string): string {
  return (name.includes('.') ? keptOf(at, name) : answerOf(at, name)) ?? ''
}

/** The options of a choice, kept ones first, with their labels in this language. */
export function offeredBy(step: ChooseStep, at: Standing, language: string): Offered {
  const fixed: Offered = Object.entries(step.options).map(([name, words]) => [
    name,
    inLanguage(words, language),
  ])
  const kept = step.from === undefined ? undefined : own(own(at.kept, step.from), 'options')
  return kept === undefined || typeof kept === 'string' ? fixed : [...Object.entries(kept), ...fixed]
}

/** An answer as the citizen reads it: the option's label, the date in words, the name of a file. */
export function showAnswer(flow: Flow, at: Standing, name: string, answer: string, language: string): string {
  const step = own(flow.steps, name)
  if (step?.kind === 'choose') {
    return offeredBy(step, at, language).find(([option]) => option === answer)?.[1] ?? answer
  }
  if (step?.kind !== 'ask') return answer
  if (step.accept === 'date' || step.accept === 'when') return showDate(answer, language)
  return /^file:[^:]*:(.+)$/s.exec(answer)?.[1] ?? answer
}
