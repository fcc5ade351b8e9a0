import type { Flow } from './flow.ts'
import type { KnownActions } from './known-actions.ts'
import { UNREAD } from './mend.ts'
import { own } from './plain.ts'

/** What a flow may lean on outside its own file. */
export type Around = { flows: string[]; actions: KnownActions; office: string[] }

/** Placeholders that the engine itself fills in a flow that takes up a ticket, or a question. */
const GIVEN: Record<string, string[]> = {
  follow_up: ['ticket', 'wish', 'message', 'file'],
  question: ['topic', 'mode', 'wish', 'article'],
}

/** All that a placeholder or a condition may name. `has` and `keeps` let through what nobody can judge yet. */
export type KnownNames = {
  names: string[]
  kept: string[]
  has(name: string): boolean
  /** Whether a step keeps what its action gave under this name. */
  keeps(name: string): boolean
}

export function givenTo(flow: Flow): string[] {
  return own(GIVEN, flow.name) ?? []
}

/** A step that asks something; one that could not be read may be one. */
export function mayAsk(flow: Flow, name: string): boolean {
  const kind = own(flow.steps, name)?.kind
  return kind === 'ask' || kind === 'choose' || (kind === undefined && flow.order.includes(name))
}

export function knownNames(flow: Flow, around: Around): KnownNames {
  const steps = Object.values(flow.steps)
  const acts = steps.flatMap(step => (step.kind === 'do' && step.keep !== undefined ? [step] : []))
  const kept = acts.flatMap(({ keep = '' }) => keep)
  const given = acts.flatMap(({ do: action, keep }) =>
    // Whatever it gives, an action may fail, and a branch may ask why.
    [...(own(around.actions, action)?.gives ?? []), 'failed'].map(field => `${keep}.${field}`),
  )
  const isTorn = steps.length < flow.order.length || kept.includes(UNREAD)
  const strange = acts.filter(step => own(around.actions, step.do) === undefined).map(({ keep }) => keep)
  const names = [
    ...flow.order.filter(name => mayAsk(flow, name)),
    ...given,
    ...around.office.map(field => `office.${field}`),
    'greeting',
    'recruitment_notice',
    ...givenTo(flow),
  ]
  const keeps = (name: string) => kept.includes(name) || name === UNREAD || isTorn
  return {
    names,
    kept,
    keeps,
    has(name) {
      const [before = '', field] = name.split('.')
      if (names.includes(name) || name === UNREAD) return true
      if (field === undefined || before === 'office') return false
      return strange.includes(before) || (!kept.includes(before) && keeps(before))
    },
  }
}
