import type { z } from 'zod'
import type { Prompt } from './prompt.ts'

/** Every way in which asking a model can end without an answer that may be used. */
export const FAILURES = {
  off: 'No model is configured.',
  withheld: 'There was nothing that may be shown to a model.',
  over_budget: 'The citizen or the office has used up its calls of the day.',
  busy: 'It would have come too late: others were being answered.',
  resting: 'It had failed several times in a row and was left alone.',
  timed_out: 'The model gave no answer in time.',
  unreachable: 'The model could not be reached, or the connection broke.',
  refused: 'The server of the model refused the call.',
  declined: 'The model did not want to answer.',
  garbage: 'What came was no answer of the wanted shape.',
  guarded: 'What came did not pass the checks.',
  none: 'The model found nothing among what it was shown.',
  superseded: 'Its citizen asked something else in the meantime.',
} as const
export type Failure = keyof typeof FAILURES

/** How asking ended, by a name that is counted. */
export type Ended<T> = { how: 'answered'; value: T } | { how: Failure }

/** One call. `input` is what the prompt wants, masked already; `withinMs` the time there is for all of it. */
export type Asking<S extends z.ZodType> = {
  prompt: Prompt
  input: Readonly<Record<string, string>>
  output: S
  withinMs: number
  signal?: AbortSignal
}

/** The thing called. Never throws: whatever goes wrong has a name. It has no tools, no memory and no rights. */
export type Model = {
  ask<S extends z.ZodType>(asking: Asking<S>): Promise<Ended<z.output<S>>>
}

/** What an operator sets: contracts.md §3. */
export type ModelSettings = {
  /** `provider:name`, as LangChain's `initChatModel` has it. */
  model: string
  baseUrl: string | undefined
  apiKey: string | undefined
}
