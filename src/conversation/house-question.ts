import type { Reply } from './hear.ts'
import { hearChoice, type Offered } from './hear-choice.ts'
import { miss } from './hear-step.ts'
import { isDraft, openFlow, park, settleDraft, settleParked, wantFlow } from './open-flow.ts'
import { putOpen } from './put.ts'
import { changeAnswer } from './review.ts'
import type { State } from './state.ts'
import type { Taking } from './taking.ts'

/** Carries out what was chosen at a question of the house. Names are those of `offeredNow`. */
export function settleHouse(taking: Taking, asking: NonNullable<State['asking']>, choice: string): void {
  if (asking === 'change') {
    changeAnswer(taking, choice)
    return
  }
  if (asking === 'resume') {
    settleParked(taking, choice === 'resume' ? 'resume' : 'drop')
    return
  }
  if (asking === 'keep') {
    settleDraft(taking, choice === 'keep' || choice === 'drop' ? choice : 'continue')
    return
  }
  delete taking.state.asking
  if (choice === 'person') {
    callPerson(taking)
    return
  }
  putOpen(taking)
}

/** Listens at a question of the house. False when the reply is rather meant for what stands behind it. */
export function answersHouse(
  taking: Taking,
  asking: NonNullable<State['asking']>,
  offered: Offered,
  reply: Reply,
): boolean {
  const { state } = taking
  const choice = hearChoice(offered, reply.said)
  if (choice !== undefined) {
    delete state.misses
    settleHouse(taking, asking, choice)
    return true
  }
  const hasFile = reply.file !== undefined || reply.position !== undefined
  if (asking === 'person' || asking === 'resume' || hasFile) {
    delete state.asking
    delete state.wanted
    return false
  }
  miss(taking, reply)
  return true
}

/** What yes and no mean at a question of the house. */
export function byYesOrNo(asking: NonNullable<State['asking']>, yes: boolean): string | undefined {
  if (asking === 'person') return yes ? 'person' : 'continue'
  if (asking === 'resume') return yes ? 'resume' : 'drop'
  return undefined
}

/** The word that calls a person, in every house: the flow it opens hands the conversation over. */
const PERSON_WORD = 'petugas'

export function personFlow(taking: Taking): string | undefined {
  return taking.words.deeds.get(PERSON_WORD)?.flow
}

/** Opens the flow that calls a person. A draft is put aside without asking, unless one is there already. */
function callPerson(taking: Taking): void {
  const flow = personFlow(taking)
  if (flow === undefined) {
    putOpen(taking)
    return
  }
  const { parked } = taking.state
  // What only tells something is no draft; what waits behind it may be one.
  const at = taking.state.at?.behind ?? taking.state.at
  if (at !== undefined) taking.state.at = { ...at }
  if (at === undefined || !isDraft(taking, at)) {
    openFlow(taking, flow)
    return
  }
  if (parked !== undefined) {
    wantFlow(taking, flow)
    return
  }
  park(taking)
  openFlow(taking, flow)
}
