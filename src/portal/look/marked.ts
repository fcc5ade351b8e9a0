import { html } from 'hono/html'
import type { Html } from './frame.ts'

/** A message as citizens read it: what stands between two asterisks is bold, and nothing else is markup. */
export function marked(text: string): Html {
  const parts = text.split(/\*([^*\n]+)\*/)
  return html`${parts.map((part, n) => (n % 2 === 1 ? html`<b>${part}</b>` : part))}`
}
