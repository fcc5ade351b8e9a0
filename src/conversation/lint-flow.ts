import type { Flow, Step } from './flow.ts'
import type { KnownActions } from './known-actions.ts'
import { lintRoads } from './lint-roads.ts'
import { placeholdersIn } from './phrase.ts'
import { own } from './plain.ts'
import { didYouMean, type Problem } from './problem.ts'
import type { Source } from './yaml-source.ts'

/** What a flow may lean on outside its own file. */
export type Around = { flows: string[]; actions: KnownActions; office: string[] }

/** Placeholders that the engine itself fills in a flow that takes up a ticket. */
const GIVEN: Record<string, string[]> = { follow_up: ['ticket', 'wish', 'message', 'file'] }

type Note = (path: PropertyKey[], text: string) => void

/** Everything in a flow that does not fit together: roads, names, placeholders, actions. */
export function lintFlow(flow: Flow, source: Source, around: Around, problems: Problem[]): void {
  const note: Note = (path, text) =>
    void problems.push({ file: source.file, line: source.lineOf(path), text })
  lintRoads(flow, around.flows, note)
  const known = knownNames(flow, around)
  if (flow.takes !== undefined && !isQuestion(own(flow.steps, flow.takes))) {
    note(
      ['takes'],
      `"takes" names "${flow.takes}", but no such step asks anything.${didYouMean(flow.takes, flow.order)}`,
    )
  }
  for (const label of Object.keys(flow.labels)) {
    if (own(flow.steps, label) === undefined && !GIVEN[flow.name]?.includes(label)) {
      note(
        ['labels', label],
        `there is a label for "${label}", but no such step.${didYouMean(label, flow.order)}`,
      )
    }
  }
  for (const [name, step] of Object.entries(flow.steps)) {
    lintPlaceholders(name, step, known, note)
    lintStep(flow, name, step, around, known, note)
  }
}

function isQuestion(step: Step | undefined): boolean {
  return step?.kind === 'ask' || step?.kind === 'choose'
}

/** All that a placeholder or a condition may name. */
function knownNames(flow: Flow, around: Around): Set<string> {
  const steps = Object.entries(flow.steps)
  const answers = steps.filter(([, step]) => isQuestion(step)).map(([name]) => name)
  const kept = steps.flatMap(([, step]) => {
    if (step.kind !== 'do' || step.keep === undefined) return []
    // Whatever it gives, an action may fail, and a branch may ask why.
    const gives = [...(own(around.actions, step.do)?.gives ?? []), 'failed']
    return gives.map(field => `${step.keep}.${field}`)
  })
  const office = around.office.map(field => `office.${field}`)
  return new Set([...answers, ...kept, ...office, 'greeting', ...(own(GIVEN, flow.name) ?? [])])
}

function lintPlaceholders(name: string, step: Step, known: Set<string>, note: Note): void {
  const texts = Object.entries(step).flatMap(([key, value]): [PropertyKey[], string][] => {
    if (typeof value !== 'object' || value === null || key === 'branch') return []
    if (key === 'with') return Object.entries(value).map(([field, text]) => [[key, field], String(text)])
    return [[[key], JSON.stringify(value)]]
  })
  for (const [path, text] of texts) {
    for (const used of new Set(placeholdersIn(text))) {
      if (known.has(used)) continue
      note(
        ['steps', name, ...path],
        `"${name}" mentions {{${used}}}, but nothing fills it.${didYouMean(used, [...known])}`,
      )
    }
  }
}

function lintStep(
  flow: Flow,
  name: string,
  step: Step,
  around: Around,
  known: Set<string>,
  note: Note,
): void {
  const path = ['steps', name]
  if (step.kind === 'review') {
    for (const shown of step.shows) {
      if (!isQuestion(own(flow.steps, shown))) {
        note(
          [...path, 'shows'],
          `the review shows "${shown}", but no step asks for it.${didYouMean(shown, flow.order)}`,
        )
      } else if (own(flow.labels, shown) === undefined) {
        note([...path, 'shows'], `the review shows "${shown}", which has no name; add it to "labels"`)
      }
    }
  }
  if (step.kind === 'branch') {
    for (const [index, road] of step.branch.entries()) {
      for (const [on, value] of Object.entries(road.when)) {
        lintCondition(flow, on, value, known, text => note([...path, 'branch', index, 'when'], text))
      }
    }
  }
  if (step.kind === 'choose') {
    const keeps = Object.values(flow.steps).flatMap(other => (other.kind === 'do' ? [other.keep ?? ''] : []))
    if (step.from === undefined && Object.keys(step.options).length === 0) {
      note(path, `"${name}" offers nothing; add "options" or "from"`)
    }
    if (step.sole && step.from === undefined) {
      note(
        [...path, 'sole'],
        `"${name}" is "sole", but offers nothing that is kept; add "from", or remove it`,
      )
    }
    if (step.from !== undefined && !keeps.includes(step.from)) {
      note(
        [...path, 'from'],
        `"${name}" offers what "${step.from}" holds, but no step keeps it.${didYouMean(step.from, keeps)}`,
      )
    }
  }
  if (step.kind === 'do') lintAction(name, step, around.actions, note)
}

function lintCondition(
  flow: Flow,
  on: string,
  value: string,
  known: Set<string>,
  note: (text: string) => void,
): void {
  if (!known.has(on) || on === 'greeting') {
    note(`a branch looks at "${on}", but nothing fills it.${didYouMean(on, [...known])}`)
    return
  }
  const asked = own(flow.steps, on)
  if (asked?.kind !== 'choose' || asked.from !== undefined || value === '') return
  const options = Object.keys(asked.options)
  if (!options.includes(value)) note(`"${on}" has no option "${value}".${didYouMean(value, options)}`)
}

function lintAction(
  name: string,
  step: Extract<Step, { kind: 'do' }>,
  actions: KnownActions,
  note: Note,
): void {
  const action = own(actions, step.do)
  if (action === undefined) {
    note(
      ['steps', name, 'do'],
      `nobody knows how to do "${step.do}".${didYouMean(step.do, Object.keys(actions))}`,
    )
    return
  }
  for (const key of Object.keys(step.with)) {
    if (action.takes.includes(key)) continue
    note(['steps', name, 'with', key], `"${step.do}" does not take "${key}".${didYouMean(key, action.takes)}`)
  }
}
