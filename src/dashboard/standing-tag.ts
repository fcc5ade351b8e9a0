import { html } from 'hono/html'
import type { standing } from '../knowledge/staleness.ts'
import type { Html } from '../portal/look/frame.ts'
import type { Seat } from './door.ts'

type Standing = ReturnType<typeof standing>
/** How an article stands, in words. */
export const STANDINGS: Record<Standing, { id: string; en: string; tag: string }> = {
  valid: { id: 'berlaku', en: 'told', tag: 'good' },
  unconfirmed: { id: 'belum dikonfirmasi', en: 'not confirmed', tag: 'soon' },
  expired: { id: 'kedaluwarsa', en: 'expired', tag: 'late' },
}

/** Whether an article is told as a fact today. */
export function standingTag({ language }: Pick<Seat, 'language'>, how: Standing): Html {
  const words = STANDINGS[how]
  return html`<span class="tag ${words.tag}">${words[language]}</span>`
}
