import type { DeskEvent, DeskState, Place, Prompt, StaffSaid } from './desk-state.ts'

/** A prompt nobody answered for this long is forgotten; what is typed then is talk among staff again. */
const PROMPT_MS = 15 * 60_000
/** Says that nothing is to come of what somebody was asked to type. */
const CANCEL = /^\/?(?:batal|tidak jadi|cancel)$/i

export function whoseOf({ account, staff }: StaffSaid): string {
  return account ?? staff
}

export function placeOf({ replyTo = '', thread = '' }: StaffSaid, ticket = ''): Place {
  return { ticket, replyTo, thread }
}

export function isSomewhere({ ticket, replyTo, thread }: Place): boolean {
  return `${ticket}${replyTo}${thread}` !== ''
}

/**
 * What somebody was asked to type and may be typing now. In the topic of one ticket nobody answers what was asked in that of
 * another: it would reach a stranger.
 */
export function openPrompt(state: DeskState, event: StaffSaid): Prompt | undefined {
  const prompt = state.prompts[whoseOf(event)]
  const { thread = '' } = event
  if (prompt === undefined || !isFresh(prompt, event)) return undefined
  const isElsewhere = thread !== '' && prompt.thread !== '' && thread !== prompt.thread
  return isElsewhere ? undefined : prompt
}

/** The prompts of everybody else that still stand. */
export function othersPrompts(state: DeskState, event: StaffSaid): DeskState['prompts'] {
  const who = whoseOf(event)
  return Object.fromEntries(
    Object.entries(state.prompts).filter(([whose, prompt]) => whose !== who && isFresh(prompt, event)),
  )
}

export function cancels(text: string): boolean {
  return CANCEL.test(text)
}

/** An action wants words of somebody: their next ones are for it. With no verb it wants none any more. */
export function asked(
  state: DeskState,
  { result, at }: Extract<DeskEvent, { type: 'action_finished' }>,
): DeskState {
  const { asks } = result
  if (typeof asks !== 'object') return state
  const { who = '', verb = '', ticket = '', replyTo = '', thread = '' } = asks
  const { [who]: _, ...others } = state.prompts
  const prompts = verb === '' ? others : { ...others, [who]: { verb, ticket, replyTo, thread, at } }
  return { ...state, prompts }
}

function isFresh(prompt: Prompt, { at }: StaffSaid): boolean {
  return Date.parse(at) - Date.parse(prompt.at) < PROMPT_MS
}
