import { html } from 'hono/html'
import type { Html } from '../portal/look/frame.ts'
import type { ListedListing, ListingScope } from '../records/listing-list.ts'
import type { Seat } from './door.ts'

export const SCOPE_NAMES: Record<ListingScope, { id: string; en: string }> = {
  open: { id: 'tampil, belum lewat', en: 'shown, not over' },
  closing: { id: 'berakhir dalam 7 hari', en: 'over within 7 days' },
  waiting: { id: 'menunggu persetujuan', en: 'waiting for approval' },
  closed: { id: 'sudah lewat', en: 'over' },
  withdrawn: { id: 'dicabut', en: 'withdrawn' },
  all: { id: 'semua', en: 'all' },
}

/** How a listing stands for citizens, and whether a change waits. */
export function listingTags(
  { t, door }: Pick<Seat, 't' | 'door'>,
  { approvedBy, withdrawn, ends, draft }: Pick<ListedListing, 'approvedBy' | 'withdrawn' | 'ends' | 'draft'>,
): Html {
  const tag = (look: string, words: string) => html`<span class="tag ${look}">${words}</span> `
  const isOver = ends <= door.now()
  const stands =
    withdrawn !== null
      ? tag('late', t('dicabut', 'withdrawn'))
      : approvedBy === null
        ? tag('soon', t('menunggu persetujuan', 'waiting for approval'))
        : isOver
          ? tag('', t('sudah lewat', 'over'))
          : tag('good', t('tampil', 'shown'))
  return html`${stands}${draft === null ? '' : tag('soon', t('ada perubahan menunggu', 'a change waits'))}`
}
