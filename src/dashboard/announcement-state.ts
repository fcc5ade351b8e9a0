import { html } from 'hono/html'
import { STATE_NAMES } from '../desk/progress.ts'
import type { Html } from '../portal/look/frame.ts'
import type { VersionState } from '../records/announcements.ts'
import type { Seat } from './door.ts'

/** How a version stands, in words. */
export function stateTag({ language }: Pick<Seat, 'language'>, { status }: { status: VersionState }): Html {
  const look: Partial<Record<VersionState, string>> = { draft: 'soon', approved: 'soon', sending: 'good' }
  return html`<span class="tag ${look[status] ?? ''}">${STATE_NAMES[status][language]}</span>`
}
