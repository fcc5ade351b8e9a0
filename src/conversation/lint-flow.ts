import type { Flow, Step } from './flow.ts'
import { type Around, givenTo, type KnownNames, knownNames, mayAsk } from './known-names.ts'
import { lintNotes, type NoteMissing } from './lint-notes.ts'
import { lintRoads } from './lint-roads.ts'
import { lintStep } from './lint-step.ts'
import { UNREAD } from './mend.ts'
import { placeholdersIn } from './phrase.ts'
import { didYouMean, type Problem } from './problem.ts'
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
    lintStep(step, around, { flow, name, known, note, noteMissing })
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
