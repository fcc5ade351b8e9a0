import { html } from 'hono/html'
import type { Html } from './frame.ts'

/** One bar, from its foot up: parts have a class of balai.css, or ''. */
export type Bar = { label: string; parts: { value: number; class: string }[] }

const [WIDTH, HEIGHT, FOOT, LEFT] = [720, 180, 22, 34]
/** Wider bars say no more, and shout. */
const WIDEST = 36

/**
 * A chart of bars as SVG, without a line of script or style. It says nothing a table beside it does not: readers of screens are told
 * its `title` and read the table.
 */
export function bars(all: Bar[], title: string): Html {
  const top = niceTop(Math.max(1, ...all.map(bar => bar.parts.reduce((sum, { value }) => sum + value, 0))))
  const step = (WIDTH - LEFT) / Math.max(1, all.length)
  const y = (value: number) => HEIGHT - FOOT - (value / top) * (HEIGHT - FOOT - 12)
  const every = Math.ceil(all.length / 12)
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
${[0, top / 2, top].map(
  value =>
    html`<line class="rule" x1="${LEFT}" x2="${WIDTH}" y1="${y(value)}" y2="${y(value)}"/><text x="${LEFT - 6}" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
)}
${all.map((bar, n) => {
  let below = 0
  const wide = Math.min(WIDEST, step * 0.7)
  const x = LEFT + (n + 0.5) * step - wide / 2
  return html`${bar.parts.map(part => {
    const from = below
    below += part.value
    return part.value === 0
      ? ''
      : html`<rect class="${part.class}" fill="currentColor" x="${round(x)}" y="${round(y(below))}" width="${round(wide)}" height="${round(y(from) - y(below))}"/>`
  })}${n % every === 0 ? html`<text x="${round(x + wide / 2)}" y="${HEIGHT - 6}" text-anchor="middle">${bar.label}</text>` : ''}`
})}
</svg>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** The next even number that reads well: 2, 4, 10, 20, 40, 100 … */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  const nice = [1, 2, 4, 10].map(one => one * power).find(one => one >= most) ?? 10 * power
  return nice % 2 === 0 ? nice : nice * 2
}
