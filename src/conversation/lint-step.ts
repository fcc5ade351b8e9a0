import type { Flow, Step } from './flow.ts'
import type { KnownActions } from './known-actions.ts'
import { type Around, type KnownNames, mayAsk } from './known-names.ts'
import type { LintNotes } from './lint-notes.ts'
import { UNREAD } from './mend.ts'
import { own } from './plain.ts'
import { didYouMean, nearest } from './problem.ts'

type Of<K extends Step['kind']> = Extract<Step, { kind: K }>
/** What a step is looked at with: its flow and name, what is known around it, and where problems go. */
type Looking = { flow: Flow; name: string; known: KnownNames } & Pick<LintNotes, 'note' | 'noteMissing'>

/** What one step says that does not fit the flow and the house around it. */
export function lintStep(step: Step, around: Around, looking: Looking): void {
  if (step.kind === 'review') lintReview(step, looking)
  if (step.kind === 'branch') lintBranch(step, looking)
  if (step.kind === 'choose') lintChoose(step, looking)
  if (step.kind === 'do') lintDo(step, around.actions, looking)
}

function lintReview(step: Of<'review'>, { flow, name, note, noteMissing }: Looking): void {
  const path = ['steps', name]
  for (const shown of step.shows) {
    if (shown === UNREAD) continue
    if (!mayAsk(flow, shown)) {
      const text = `the review shows "${shown}", but no step asks for it.${didYouMean(shown, flow.order)}`
      noteMissing(shown, [...path, 'shows'], text)
    } else if (!isNamed(flow, shown)) {
      note([...path, 'shows'], `the review shows "${shown}", which has no name; add it to "labels"`)
    }
  }
}

/** Whether a step has a label; one under a mistyped name, or that could not be read, has been told of. */
function isNamed({ labels, order }: Flow, step: string): boolean {
  const strays = Object.keys(labels).filter(label => !order.includes(label))
  return (
    Object.hasOwn(labels, step) || strays.some(stray => stray === UNREAD || nearest(stray, order) === step)
  )
}

function lintBranch(step: Of<'branch'>, { flow, name, known, noteMissing }: Looking): void {
  const path = ['steps', name]
  for (const [index, road] of step.branch.entries()) {
    for (const [on, value] of Object.entries(road.when)) {
      const at = [...path, 'branch', index, 'when']
      if (known.has(on) && on !== 'greeting')
        lintCondition(flow, on, value, text => noteMissing(`${on}: ${value}`, at, text))
      else {
        const hint = didYouMean(on, known.names)
        noteMissing(on, at, `a branch looks at "${on}", but nothing fills it.${hint}`)
      }
    }
  }
}

function lintCondition(flow: Flow, on: string, value: string, note: (text: string) => void): void {
  const asked = own(flow.steps, on)
  if (asked?.kind !== 'choose' || asked.from !== undefined || value === '') return
  const options = Object.keys(asked.options)
  if (options.includes(UNREAD)) return
  if (!options.includes(value)) note(`"${on}" has no option "${value}".${didYouMean(value, options)}`)
}

function lintChoose(step: Of<'choose'>, { flow, name, known, note, noteMissing }: Looking): void {
  const path = ['steps', name]
  if (step.from === undefined && Object.keys(step.options).length === 0) {
    note(path, `"${name}" offers nothing; add "options" or "from"`)
  }
  if (step.sole && step.from === undefined) {
    note([...path, 'sole'], `"${name}" is "sole", but offers nothing that is kept; add "from", or remove it`)
  }
  const { otherwise } = step
  if (otherwise !== undefined && otherwise !== UNREAD && own(flow.steps, otherwise)?.kind !== 'ask') {
    const text = `"${name}" hands other words to "${otherwise}", but no such step asks for words.${didYouMean(otherwise, flow.order)}`
    noteMissing(otherwise, [...path, 'otherwise'], text)
  }
  if (step.from !== undefined && !known.keeps(step.from)) {
    const hint = didYouMean(step.from, known.kept)
    noteMissing(
      step.from,
      [...path, 'from'],
      `"${name}" offers what "${step.from}" holds, but no step keeps it.${hint}`,
    )
  }
}

function lintDo(step: Of<'do'>, actions: KnownActions, { flow, name, note }: Looking): void {
  if (step.do === UNREAD) return
  const path = ['steps', name]
  const action = own(actions, step.do)
  if (action === undefined) {
    const hint = didYouMean(step.do, Object.keys(actions))
    note([...path, 'do'], `nobody knows how to do "${step.do}".${hint}`)
    return
  }
  for (const key of Object.keys(step.with)) {
    if (action.takes.includes(key) || key === UNREAD) continue
    note([...path, 'with', key], `"${step.do}" does not take "${key}".${didYouMean(key, action.takes)}`)
  }
  if (action.recruitment && !flow.recruitment)
    note([...path, 'do'], `"${step.do}" tells of a selection of staff; add "recruitment: true" to the flow`)
}
