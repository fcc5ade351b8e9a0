import { type Layout, layOut, type Road } from './chart-layout.ts'
import type { Flow, Step } from './flow.ts'
import { roadsFrom } from './lint-roads.ts'
import { own } from './plain.ts'

const BOX = { width: 210, height: 66, gapX: 40, gapY: 54, margin: 40 }
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

/** The flow as an SVG picture: a box for each step with its first words, a line for each road. */
export function drawFlow(flow: Flow, language = 'id'): string {
  const roads = flow.order.flatMap(name => roadsOf(flow, name))
  const others = [...new Set(roads.map(road => road.to))].filter(to => own(flow.steps, to) === undefined)
  const layout = layOut([...flow.order, ...others], roads)
  const width = BOX.margin * 2 + layout.columns * (BOX.width + BOX.gapX) + 60
  const height = BOX.margin * 2 + layout.rows * (BOX.height + BOX.gapY)
  const boxes = [...layout.place].filter(([name]) => !name.includes('#'))
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ' font-family="system-ui, sans-serif" font-size="12">',
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">',
    '<path d="M0 0 8 4 0 8z" fill="#555"/></marker></defs>',
    `<title>${escapeXml(flow.title.id)}</title><rect width="100%" height="100%" fill="#fff"/>`,
    ...layout.down.map(({ road, through }) => drawDown(layout, road, through)),
    ...layout.back.map((road, index) => drawBack(layout, road, width - 30 - (index % 3) * 14)),
    ...boxes.map(([name, at]) => drawBox(name, own(flow.steps, name), at, language)),
    '</svg>',
  ].join('\n')
}

function roadsOf(flow: Flow, name: string): Road[] {
  const step = own(flow.steps, name)
  if (step === undefined) return []
  const roads = roadsFrom(flow, name, step).map(({ to, path }) => ({
    from: name,
    to,
    label: labelOf(step, path),
  }))
  const merged = new Map<string, string[]>()
  for (const { to, label } of roads) merged.set(to, [...(merged.get(to) ?? []), label].filter(Boolean))
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

type Spot = { row: number; column: number }

function centre({ row, column }: Spot): [x: number, y: number] {
  const x = BOX.margin + column * (BOX.width + BOX.gapX) + BOX.width / 2
  return [x, BOX.margin + row * (BOX.height + BOX.gapY) + BOX.height / 2]
}

function spotOf(layout: Layout, name: string): Spot {
  return layout.place.get(name) ?? { row: 0, column: 0 }
}

function drawDown(layout: Layout, road: Road, through: Spot[]): string {
  const [x1, y1] = centre(spotOf(layout, road.from))
  const [x2, y2] = centre(spotOf(layout, road.to))
  const points = [[x1, y1 + BOX.height / 2], ...through.map(centre), [x2, y2 - BOX.height / 2]]
  const [ax = 0, ay = 0] = points[0] ?? []
  const [bx = 0, by = 0] = points[1] ?? []
  const line = `<polyline points="${points.map(point => point.join(',')).join(' ')}" fill="none" stroke="#777" marker-end="url(#tip)"/>`
  return line + drawLabel(road.label, ax + (bx - ax) * 0.45, ay + (by - ay) * 0.45)
}

function drawBack(layout: Layout, road: Road, x: number): string {
  const [x1, y1] = centre(spotOf(layout, road.from))
  const [x2, y2] = centre(spotOf(layout, road.to))
  const [right1, right2] = [x1 + BOX.width / 2, x2 + BOX.width / 2]
  const path = `M${right1} ${y1} H${x} V${y2} H${right2}`
  return `<path d="${path}" fill="none" stroke="#b36" stroke-dasharray="5 4" marker-end="url(#tip)"/>${drawLabel(road.label, x - 40, y1 - 6)}`
}

function drawLabel(label: string, x: number, y: number): string {
  if (label === '') return ''
  const text = escapeXml(label.length > 34 ? `${label.slice(0, 33)}…` : label)
  return `<text x="${x}" y="${y}" text-anchor="middle" fill="#333" stroke="#fff" stroke-width="4" paint-order="stroke">${text}</text>`
}

function drawBox(name: string, step: Step | undefined, at: Spot, language: string): string {
  const [cx, cy] = centre(at)
  const [x, y] = [cx - BOX.width / 2, cy - BOX.height / 2]
  const lines = wrap(wordsOf(step, language), 30).slice(0, 2)
  const texts = lines.map(
    (line, i) => `<text x="${x + 10}" y="${y + 38 + i * 16}" fill="#333">${escapeXml(line)}</text>`,
  )
  const title = `${name} · ${step?.kind ?? 'dialog lain'}`
  return [
    `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="8" fill="${step ? FILL[step.kind] : '#fff'}" stroke="#888"/>`,
    `<text x="${x + 10}" y="${y + 19}" font-weight="600">${escapeXml(title)}</text>`,
    ...texts,
  ].join('')
}

function wordsOf(step: Step | undefined, language: string): string {
  if (step === undefined || step.kind === 'branch') return ''
  if (step.kind === 'do') return step.do
  const words = step.kind === 'handover' ? step.say : (step as Record<string, unknown>)[step.kind]
  return typeof words === 'object' && words !== null
    ? String(own(words as Record<string, string>, language) ?? '')
    : ''
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.replace(/\s+/g, ' ').split(' ')) {
    const line = lines.at(-1)
    if (line === undefined || line.length + word.length + 1 > width) lines.push(word.slice(0, width))
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines.length > 2 ? [lines[0] ?? '', `${(lines[1] ?? '').slice(0, width - 1)}…`] : lines
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`)
}
