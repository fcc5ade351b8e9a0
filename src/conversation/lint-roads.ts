import type { Flow, Step } from './flow.ts'
import type { Note, NoteMissing } from './lint-notes.ts'
import { UNREAD } from './mend.ts'
import { own } from './plain.ts'
import { didYouMean, nearest } from './problem.ts'

/** Where a step may lead, with the place in the file that says so. */
export function roadsFrom(flow: Flow, name: string, step: Step): { to: string; path: PropertyKey[] }[] {
  const path = ['steps', name]
  const fallThrough = () => {
    const to = flow.order[flow.order.indexOf(name) + 1]
    return to === undefined ? [] : [{ to, path }]
  }
  if (step.kind === 'end' || step.kind === 'handover') return []
  if (step.kind === 'branch') {
    const roads = step.branch.map((road, i) => ({ to: road.next, path: [...path, 'branch', i, 'next'] }))
    return [
      ...roads,
      ...(step.else === undefined ? fallThrough() : [{ to: step.else, path: [...path, 'else'] }]),
    ]
  }
  const fails = step.kind === 'do' ? [{ to: step.fails, path: [...path, 'fails'] }] : []
  const otherwise =
    step.kind === 'choose' && step.otherwise !== undefined
      ? [{ to: step.otherwise, path: [...path, 'otherwise'] }]
      : []
  if (typeof step.next === 'string')
    return [{ to: step.next, path: [...path, 'next'] }, ...otherwise, ...fails]
  const chosen = Object.entries(step.next ?? {}).map(([option, to]) => ({
    to,
    path: [...path, 'next', option],
  }))
  const isComplete =
    step.kind === 'choose' &&
    step.from === undefined &&
    own(step.options, UNREAD) === undefined &&
    Object.keys(step.options).every(option => own(step.next as Record<string, string> | undefined, option))
  return [...chosen, ...otherwise, ...(isComplete ? [] : fallThrough()), ...fails]
}

/** What a flow names without having it: its own lint tells of that, and its words in other files are not to blame. */
export function missingIn(flow: Flow): string[] {
  const named = Object.entries(flow.steps).flatMap(([name, step]) => roadsFrom(flow, name, step))
  return [...named.map(({ to }) => to), ...Object.keys(flow.labels)].filter(
    name => !flow.order.includes(name),
  )
}

/** Roads that lead nowhere, steps nobody reaches, circles nobody gets out of. */
export function lintRoads(flow: Flow, flows: string[], note: Note, noteMissing: NoteMissing): void {
  const targets = [...flow.order, ...flows]
  for (const [name, step] of Object.entries(flow.steps)) {
    for (const { to, path } of roadsFrom(flow, name, step)) {
      if (targets.includes(to) || to === UNREAD) continue
      const text = `"${name}" goes on to "${to}", but there is no such step.${didYouMean(to, targets)}`
      noteMissing(to, path, text)
    }
    lintOptionRoads(name, step, noteMissing)
    if (fallsOff(flow, name, step)) {
      note(['steps', name], `nothing comes after "${name}"; add "next", or a step below it`)
    }
  }
  if (flow.meanwhile) noteStays(flow, flows, note)
  noteUnreached(flow, targets, note)
  noteCircles(flow, note)
}

/** What is told in the middle of another walk must give it back: it ends by itself, wherever it ends. */
function noteStays(flow: Flow, flows: string[], note: Note): void {
  for (const [name, step] of Object.entries(flow.steps)) {
    if (step.kind === 'handover' || step.kind === 'review') {
      const text = `"${name}" is a ${step.kind}, but this flow only tells something meanwhile; remove it, or "meanwhile"`
      note(['steps', name], text)
    }
    for (const { to, path } of roadsFrom(flow, name, step)) {
      if (!flow.order.includes(to) && flows.includes(to))
        note(path, `"${name}" leads out to "${to}", but a flow told meanwhile has to end here; remove it`)
    }
  }
}

function fallsOff(flow: Flow, name: string, step: Step): boolean {
  if (name !== flow.order.at(-1) || step.kind === 'end' || step.kind === 'handover') return false
  const fixed = roadsFrom({ ...flow, order: [...flow.order, '(below)'] }, name, step)
  return fixed.some(({ to }) => to === '(below)')
}

function lintOptionRoads(name: string, step: Step, noteMissing: NoteMissing): void {
  if (step.kind !== 'choose' || typeof step.next !== 'object') return
  const options = Object.keys(step.options)
  if (options.includes(UNREAD)) return
  for (const option of Object.keys(step.next)) {
    if (options.includes(option)) continue
    const text = `"${name}" has no option "${option}".${didYouMean(option, options)}`
    noteMissing(`${name}: ${option}`, ['steps', name, 'next', option], text)
  }
}

/**
 * Steps that no road leads to. A road that is mistyped counts as the one it is near to; while somewhere a road cannot be
 * read at all, it may lead anywhere, and nothing is said.
 */
function noteUnreached(flow: Flow, targets: string[], note: Note): void {
  const reached = new Set<string>()
  const waiting = flow.order.slice(0, 1)
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    const step = own(flow.steps, name)
    const roads = step && roadsFrom(flow, name, step)
    for (const { to } of roads ?? [{ to: UNREAD }]) {
      const meant = targets.includes(to) ? to : to === UNREAD ? undefined : nearest(to, targets)
      if (meant === undefined) return
      if (flow.order.includes(meant)) waiting.push(meant)
    }
  }
  for (const name of flow.order) {
    if (!reached.has(name)) note(['steps', name], `nobody can ever reach "${name}"; lead to it, or remove it`)
  }
}

/** A circle in which nobody is asked anything would never end. */
function noteCircles(flow: Flow, note: Note): void {
  const done = new Set<string>()
  const visit = (name: string, trail: string[]) => {
    const step = own(flow.steps, name)
    const passes = step?.kind === 'say' || step?.kind === 'branch' || step?.kind === 'do'
    if (step === undefined || !passes || done.has(name)) return
    if (trail.includes(name)) {
      const circle = [...trail.slice(trail.indexOf(name)), name].join(' → ')
      note(
        ['steps', name],
        `this goes in a circle without asking anything: ${circle}; put a question into it`,
      )
      return
    }
    for (const { to } of roadsFrom(flow, name, step)) visit(to, [...trail, name])
    done.add(name)
  }
  for (const name of flow.order) visit(name, [])
}
