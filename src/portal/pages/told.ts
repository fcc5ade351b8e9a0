import { html } from 'hono/html'
import type { Html } from '../look/frame.ts'

/** Where a link may lead: what is written in our records as one, never what a citizen wrote. */
const LINK = /(https:\/\/[^\s,]+[^\s,.])/

/** The words of a message as paragraphs, its links as links. */
export function told(text: string): Html {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  return html`${lines.map(
    line =>
      html`<p class="words"><bdi>${line
        .replaceAll('*', '')
        .split(LINK)
        .map((part, n) =>
          n % 2 === 1 ? html`<a href="${part}" rel="noreferrer">${part}</a>` : part,
        )}</bdi></p>`,
  )}`
}

/**
 * A numbered list of a message: its heading, and each item with a way to all of it. `options` are the items by id, in the order of
 * their numbers.
 */
export function numbered(
  text: string,
  options: Record<string, string>,
  link: (id: string) => { href: string; says: string },
): Html {
  const [heading = '', ...items] = text.split(/\n(?=\d{1,3}\. )/)
  const ids = Object.keys(options)
  return html`${told(heading)}<ol>${items.map((item, n) => {
    const id = ids[n]
    const more = id === undefined ? undefined : link(id)
    return html`<li>${told(item.replace(/^\d+\. /, ''))}${
      more === undefined
        ? ''
        : html`<p class="small"><a href="${more.href}">${more.says}<span class="hidden">: ${options[id ?? '']}</span></a></p>`
    }</li>`
  })}</ol>`
}
