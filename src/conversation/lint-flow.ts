import type { Flow, Step } from './flow.ts'
import type { KnownActions } from './known-actions.ts'
import { type Around, givenTo, type KnownNames, knownNames, mayAsk } from './known-names.ts'
import { type LintNotes, lintNotes, type Note, type NoteMissing } from './lint-notes.ts'
import { lintRoads } from './lint-roads.ts'
import { UNREAD } from './mend.ts'
import { placeholdersIn } from './phrase.ts'
import { own } from './plain.ts'
import { didYouMean, nearest, type Problem } from './problem.ts'
import type { Source } from './yaml-source.ts'

/** Everything in a flow that does not fit together: roads, names, placeholders, actions. */
export function lintFlow(flow: Flow, source: Source, around: Around, problems: Problem[]): void {
  if (flow.order.includes(UNREAD)) return
  const notes = lintNotes(source, problems)
  const { note, noteMissing } = notes
  lintRoads(flow, around.flows, note, noteMissing)
  const known = knownNames(flow, around)
  if (flow.takes !== undefined && flow.takes !== UNREAD && !mayAsk(flow, flow.takes)) {
    const text = `"takes" names "${flow.takes}", but no such step asks anything.${didYouMean(flow.takes, flow.order)}`
    noteMissing(flow.takes, ['takes'], text)
  }
  for (const label of Object.keys(flow.labels)) {
    if ([...flow.order, ...givenTo(flow), UNREAD].includes(label)) continue
    const text = `there is a label for "${label}", but no such step.${didYouMean(label, flow.order)}`
    noteMissing(label, ['labels', label], text)
  }
  for (const [name, step] of Object.entries(flow.steps)) {
    lintPlaceholders(name, step, known, noteMissing)
    lintStep(flow, name, step, around, known, notes)
  }
  notes.finish()
}

function lintPlaceholders(name: string, step: Step, known: KnownNames, noteMissing: NoteMissing): void {
  const texts = Object.entries(step).flatMap(([key, value]): [PropertyKey[], string][] => {
    if (typeof value !== 'object' || value === null || key === 'branch') return []
    if (key === 'with') return Object.entries(value).map(([field, text]) => [[key, field], String(text)])
    return [[[key], JSON.stringify(value)]]
  })
  for (const [path, text] of texts) {
    for (const used of new Set(placeholdersIn(text))) {
      if (known.has(used)) continue
      const text = `"${name}" mentions {{${used}}}, but nothing fills it.${didYouMean(used, known.names)}`
      noteMissing(used, ['steps', name, ...path], text)
    }
  }
}

function lintStep(
  flow: Flow,
  name: string,
  step: Step,
  around: Around,
  known: KnownNames,
  { note, noteMissing }: LintNotes,
): void {
  const path = ['steps', name]
  if (step.kind === 'review') {
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
  if (step.kind === 'branch') {
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
  if (step.kind === 'choose') {
    if (step.from === undefined && Object.keys(step.options).length === 0) {
      note(path, `"${name}" offers nothing; add "options" or "from"`)
    }
    if (step.sole && step.from === undefined) {
      note(
        [...path, 'sole'],
        `"${name}" is "sole", but offers nothing that is kept; add "from", or remove it`,
      )
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
  if (step.kind !== 'do') return
  lintAction(name, step, around.actions, note)
  if (own(around.actions, step.do)?.recruitment && !flow.recruitment)
    note([...path, 'do'], `"${step.do}" tells of a selection of staff; add "recruitment: true" to the flow`)
}

/** Whether a step has a label; one under a mistyped name, or that could not be read, has been told of. */
function isNamed({ labels, order }: Flow, step: string): boolean {
  const strays = Object.keys(labels).filter(label => !order.includes(label))
  return (
    Object.hasOwn(labels, step) || strays.some(stray => stray === UNREAD || nearest(stray, order) === step)
  )
}

function lintCondition(flow: Flow, on: string, value: string, note: (text: string) => void): void {
  const asked = own(flow.steps, on)
  if (asked?.kind !== 'choose' || asked.from !== undefined || value === '') return
  const options = Object.keys(asked.options)
  if (options.includes(UNREAD)) return
  if (!options.includes(value)) note(`"${on}" has no option "${value}".${didYouMean(value, options)}`)
}

function lintAction(
  name: string,
  step: Extract<Step, { kind: 'do' }>,
  actions: KnownActions,
  note: Note,
): void {
  if (step.do === UNREAD) return
  const action = own(actions, step.do)
  if (action === undefined) {
    note(
      ['steps', name, 'do'],
      `nobody knows how to do "${step.do}".${didYouMean(step.do, Object.keys(actions))}`,
    )
    return
  }
  for (const key of Object.keys(step.with)) {
    if (action.takes.includes(key) || key === UNREAD) continue
    note(['steps', name, 'with', key], `"${step.do}" does not take "${key}".${didYouMean(key, action.takes)}`)
  }
}
