import type { Flow, Step } from './flow.ts'
import { roadsFrom } from './lint-roads.ts'
import { own } from './plain.ts'

/** A flow as boxes and roads; what lays it out takes it as it is. Words of `html` are marked up, and escaped where they must be. */
export type Chart = {
  directed: true
  graphAttributes: Record<string, string | number>
  nodeAttributes: Record<string, string | number>
  edgeAttributes: Record<string, string | number>
  nodes: { name: string; attributes: { label: { html: string }; fillcolor: string } }[]
  edges: { tail: string; head: string; attributes: { label: string; style?: string; color?: string } }[]
}

const FILL: Record<Step['kind'], string> = {
  say: '#eef4fb',
  ask: '#fff6dc',
  choose: '#fff6dc',
  review: '#ffe9c7',
  branch: '#f1f1f1',
  do: '#e6f4e6',
  handover: '#f9e3ef',
  end: '#e3e0f5',
}
/** Letters of a line in a box, and lines of it: the first words are enough to know a step by. */
const [LINE, LINES] = [30, 2]
const LABEL = 34

/** The flow as a chart: a box for each step with its first words, a road for each way on; those that lead back are dashed. */
export function chartOf(flow: Flow, language = 'id'): Chart {
  const roads = flow.order.flatMap(name => roadsOf(flow, name))
  const others = [...new Set(roads.map(({ to }) => to))].filter(to => own(flow.steps, to) === undefined)
  const place = new Map(flow.order.map((name, n) => [name, n]))
  const isBack = (from: string, to: string) => (place.get(to) ?? Infinity) <= (place.get(from) ?? -1)
  const font = { fontname: 'Helvetica,Arial,sans-serif', fontsize: 11 }
  return {
    directed: true,
    graphAttributes: { rankdir: 'TB', nodesep: 0.35, ranksep: 0.5, bgcolor: 'white', tooltip: flow.title.id },
    nodeAttributes: { ...font, shape: 'box', margin: '0.16,0.08', style: 'rounded,filled', color: '#888888' },
    edgeAttributes: { ...font, fontsize: 10, color: '#666666', arrowsize: 0.7 },
    nodes: [...flow.order, ...others].map(name => {
      const step = own(flow.steps, name)
      return {
        name,
        attributes: {
          label: { html: boxOf(name, step, language) },
          fillcolor: step ? FILL[step.kind] : 'white',
        },
      }
    }),
    edges: roads.map(({ from, to, label }) => ({
      tail: from,
      head: to,
      attributes: {
        label: label.length > LABEL ? `${label.slice(0, LABEL - 1)}…` : label,
        ...(isBack(from, to) ? { style: 'dashed', color: '#aa3366' } : {}),
      },
    })),
  }
}

type Road = { from: string; to: string; label: string }

/** The ways on from a step; several to one place are one road. */
function roadsOf(flow: Flow, name: string): Road[] {
  const step = own(flow.steps, name)
  if (step === undefined) return []
  const merged = new Map<string, string[]>()
  for (const { to, path } of roadsFrom(flow, name, step))
    merged.set(to, [...(merged.get(to) ?? []), labelOf(step, path)].filter(Boolean))
  return [...merged].map(([to, labels]) => ({ from: name, to, label: labels.join(', ') }))
}

function labelOf(step: Step, path: PropertyKey[]): string {
  const key = path[2]
  if (key === 'fails') return 'gagal'
  if (key === 'next' && path.length > 3) return String(path[3])
  if (step.kind !== 'branch' || key !== 'branch') return ''
  const when = Object.entries(step.branch[Number(path[3])]?.when ?? {})
  return when.map(([on, value]) => `${on} = ${value || '(kosong)'}`).join(', ')
}

function boxOf(name: string, step: Step | undefined, language: string): string {
  const lines = wrap(wordsOf(step, language)).map(line => `${escapeXml(line)}<br align="left"/>`)
  return `<b>${escapeXml(`${name} · ${step?.kind ?? 'dialog lain'}`)}</b><br align="left"/>${lines.join('')}`
}

function wordsOf(step: Step | undefined, language: string): string {
  if (step === undefined || step.kind === 'branch') return ''
  if (step.kind === 'do') return step.do
  const words = step.kind === 'handover' ? step.say : (step as Record<string, unknown>)[step.kind]
  return typeof words === 'object' && words !== null
    ? String(own(words as Record<string, string>, language) ?? '')
    : ''
}

function wrap(text: string): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const line = lines.at(-1)
    if (line === undefined || line.length + word.length + 1 > LINE) lines.push(word.slice(0, LINE))
    else lines[lines.length - 1] = `${line} ${word}`
  }
  if (lines.length <= LINES) return lines
  return [...lines.slice(0, LINES - 1), `${(lines[LINES - 1] ?? '').slice(0, LINE - 1)}…`]
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)
}
