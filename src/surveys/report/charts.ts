import { html } from 'hono/html'
import type { ElementFigures } from '../figures.ts'
import type { Point } from '../trend.ts'
import { decimalComma } from './words.ts'

export type Drawn = ReturnType<typeof html>

const SIZE = 420
const CENTRE = SIZE / 2
const RADIUS = 140
const INK = '#1d3f5e'

/** Averages of all elements round a centre: the rim is 4, the rings are 1 to 3. Without colour it reads the same. */
export function radar(elements: ElementFigures[]): Drawn {
  const at = (k: number, value: number) => {
    const angle = (2 * Math.PI * k) / elements.length - Math.PI / 2
    const far = (RADIUS * value) / 4
    return [CENTRE + far * Math.cos(angle), CENTRE + far * Math.sin(angle)] as const
  }
  const ring = (value: number) => elements.map((_, k) => point(at(k, value))).join(' ')
  const shape = elements.map(({ average }, k) => point(at(k, average))).join(' ')
  return html`<svg class="chart" viewBox="-130 0 ${SIZE + 260} ${SIZE}" role="img" aria-label="Nilai rata-rata tiap unsur">
${[1, 2, 3, 4].map(value => html`<polygon points="${ring(value)}" fill="none" stroke="#bbb" stroke-width="${value === 4 ? 1.2 : 0.6}"/>`)}
${elements.map((_, k) => {
  const [x, y] = at(k, 4)
  return html`<line x1="${CENTRE}" y1="${CENTRE}" x2="${round(x)}" y2="${round(y)}" stroke="#ccc" stroke-width="0.6"/>`
})}
${[1, 2, 3, 4].map(value => html`<text x="${CENTRE + 4}" y="${round(CENTRE - (RADIUS * value) / 4 + 11)}" font-size="9" fill="#777">${value}</text>`)}
<polygon points="${shape}" fill="${INK}" fill-opacity="0.15" stroke="${INK}" stroke-width="2"/>
${elements.map(({ average }, k) => {
  const [x, y] = at(k, average)
  return html`<circle cx="${round(x)}" cy="${round(y)}" r="3" fill="${INK}"/>`
})}
${elements.map(({ name, printed }, k) => {
  const [x, y] = at(k, 4.45)
  const anchor = Math.abs(x - CENTRE) < 12 ? 'middle' : x < CENTRE ? 'end' : 'start'
  return html`<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" font-size="12">${short(name)} <tspan font-weight="bold">${decimalComma(printed.average, 3)}</tspan></text>`
})}
</svg>`
}

const SHADES = ['#7a2d1d', '#d9a441', '#8fb4d4', '#1d3f5e']
const BAR = { left: 190, width: 430, height: 22, gap: 12 }

/** Of each element how many in a hundred gave 1, 2, 3 and 4. */
export function distribution(elements: ElementFigures[]): Drawn {
  const height = elements.length * (BAR.height + BAR.gap) + 34
  return html`<svg class="chart" viewBox="0 0 640 ${height}" role="img" aria-label="Sebaran jawaban tiap unsur">
${elements.map(({ name, counts }, row) => {
  const all = counts.reduce((so, n) => so + n, 0)
  const y = row * (BAR.height + BAR.gap) + 4
  let x = BAR.left
  return html`<text x="${BAR.left - 8}" y="${y + 15}" text-anchor="end" font-size="12">${short(name)}</text>
${counts.map((n, k) => {
  const width = all === 0 ? 0 : (BAR.width * n) / all
  const drawn = html`<rect x="${round(x)}" y="${y}" width="${round(width)}" height="${BAR.height}" fill="${SHADES[k]}" stroke="#fff" stroke-width="1"/>
${width > 26 ? html`<text x="${round(x + width / 2)}" y="${y + 15}" text-anchor="middle" font-size="11" fill="${k === 1 || k === 2 ? '#000' : '#fff'}">${Math.round((100 * n) / all)}%</text>` : ''}`
  x += width
  return drawn
})}`
})}
${SHADES.map(
  (
    shade,
    k,
  ) => html`<rect x="${BAR.left + k * 80}" y="${height - 20}" width="14" height="14" fill="${shade}"/>
<text x="${BAR.left + k * 80 + 20}" y="${height - 8}" font-size="12">nilai ${k + 1}</text>`,
)}
</svg>`
}

const TREND = { width: 640, height: 230, left: 44, right: 20, top: 24, bottom: 40 }
/** Where grades begin: lines to read a point against. */
const EDGES = [
  [65, 'C'],
  [76.61, 'B'],
  [88.31, 'A'],
] as const

/** The index of this period and those before it, on the whole scale from 25 to 100, so that small steps look small. */
export function trendLine(points: Point[], edges = EDGES): Drawn {
  const inner = {
    width: TREND.width - TREND.left - TREND.right,
    height: TREND.height - TREND.top - TREND.bottom,
  }
  const x = (k: number) => TREND.left + (inner.width * (k + 0.5)) / points.length
  const y = (ikm: number) => TREND.top + inner.height * (1 - (ikm - 25) / 75)
  const known = points.flatMap(({ ikm }, k) => (ikm === null ? [] : [{ k, ikm }]))
  return html`<svg class="chart" viewBox="0 0 ${TREND.width} ${TREND.height}" role="img" aria-label="Perkembangan indeks">
${edges.map(
  ([
    from,
    grade,
  ]) => html`<line x1="${TREND.left}" x2="${TREND.width - TREND.right}" y1="${round(y(from))}" y2="${round(y(from))}" stroke="#bbb" stroke-dasharray="4 3"/>
<text x="${TREND.left - 6}" y="${round(y(from) + 4)}" text-anchor="end" font-size="11">${grade}</text>`,
)}
<line x1="${TREND.left}" x2="${TREND.width - TREND.right}" y1="${round(y(25))}" y2="${round(y(25))}" stroke="#888"/>
<polyline points="${known.map(({ k, ikm }) => point([x(k), y(ikm)])).join(' ')}" fill="none" stroke="${INK}" stroke-width="2"/>
${known.map(
  ({ k, ikm }) => html`<circle cx="${round(x(k))}" cy="${round(y(ikm))}" r="4" fill="${INK}"/>
<text x="${round(x(k))}" y="${round(y(ikm) - 9)}" text-anchor="middle" font-size="12" font-weight="bold">${decimalComma(ikm)}</text>`,
)}
${points.map(
  (
    { period, ikm },
    k,
  ) => html`<text x="${round(x(k))}" y="${TREND.height - 20}" text-anchor="middle" font-size="12">${period.id}</text>
${ikm === null ? html`<text x="${round(x(k))}" y="${TREND.height - 6}" text-anchor="middle" font-size="10">tidak ditampilkan</text>` : ''}`,
)}
</svg>`
}

function point([x, y]: readonly [number, number]): string {
  return `${round(x)},${round(y)}`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** The first words of a long name: beside a bar there is room for so many letters. */
function short(name: string): string {
  if (name.length <= 26) return name
  const cut = name.slice(0, 26)
  return `${cut.slice(0, cut.lastIndexOf(' ')).replace(/,?(?: dan)?,?$/, '')} …`
}
