import { html } from 'hono/html'
import type { Html } from './frame.ts'

/** One point, and its value as it is read; null where nothing is shown. */
export type LinePoint = { label: string; value: number | null; text: string }
type Scale = { from: number; to: number; rules: readonly { at: number; name: string }[] }

const [WIDTH, HEIGHT, FOOT, LEFT, TOP] = [720, 200, 26, 34, 18]

/**
 * A chart of a line as SVG, without a line of script or style, on the whole of its scale, so that small steps look small. It says
 * nothing a table beside it does not: readers of screens are told its `title` and read the table.
 */
export function lineChart(points: readonly LinePoint[], { from, to, rules }: Scale, title: string): Html {
  const step = (WIDTH - LEFT) / Math.max(1, points.length)
  const x = (n: number) => round(LEFT + (n + 0.5) * step)
  const y = (value: number) => round(TOP + (HEIGHT - FOOT - TOP) * (1 - (value - from) / (to - from)))
  const known = points.flatMap(({ value, text }, n) => (value === null ? [] : [{ n, value, text }]))
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
${rules.map(({ at, name }) => html`<line class="rule" x1="${LEFT}" x2="${WIDTH}" y1="${y(at)}" y2="${y(at)}"/><text x="${LEFT - 6}" y="${y(at) + 4}" text-anchor="end">${name}</text>`)}
<polyline points="${known.map(({ n, value }) => `${x(n)},${y(value)}`).join(' ')}" fill="none" stroke="currentColor" stroke-width="2"/>
${known.map(({ n, value, text }) => html`<circle cx="${x(n)}" cy="${y(value)}" r="4" fill="currentColor"/><text x="${x(n)}" y="${y(value) - 9}" text-anchor="middle">${text}</text>`)}
${points.map(({ label }, n) => html`<text x="${x(n)}" y="${HEIGHT - 8}" text-anchor="middle">${label}</text>`)}
</svg>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
