import { html } from 'hono/html'
import { spokenMoment } from '../offices/spoken-moment.ts'
import type { Html } from '../portal/look/frame.ts'
import type { ListingChange } from '../records/listing-changes.ts'
import type { DraftKind } from '../records/listing-drafts.ts'
import type { Contents, Identified } from '../records/listings.ts'
import type { Seat } from './door.ts'
import { columnOf } from './listing-columns.ts'
import { cellsOf, LISTING_PAGES, type Whole } from './listing-kinds.ts'

/** Every version: who, when, and each part as it was and as it became; the latest first. */
export function listingHistory(
  seat: Seat,
  versions: readonly ListingChange<DraftKind>[],
  round: Identified<'round'> | undefined,
): Html {
  const { t, language, house } = seat
  const { zone } = house.office
  const items = versions.map((version, n) => {
    const before = versions[n - 1]
    const when = spokenMoment(version.at, zone, zone, language)
    const head = html`<span class="small quiet">${t('Versi', 'Version')} ${version.version} · ${when} · ${version.by}</span>`
    if (before === undefined)
      return html`<li>${head}<p>${t('Ditulis pertama kali.', 'Written for the first time.')}</p></li>`
    const [was, is] = [before, version].map(one => wholeOf(one.kind, one.content, one.id, round))
    return html`<li>${head}${was === undefined || is === undefined ? '' : differences(seat, was, is)}</li>`
  })
  return html`<ol class="talk">${items.toReversed()}</ol>`
}

export function wholeOf(
  kind: DraftKind,
  content: Contents[DraftKind],
  id: string,
  round: Identified<'round'> | undefined,
): Whole {
  return { kind, listing: { ...content, id }, round } as Whole
}

/** What is other in the second, column by column. */
export function differences({ language, t }: Seat, before: Whole, after: Whole): Html {
  const [was, is] = [cellsOf(before), cellsOf(after)]
  const columns = LISTING_PAGES[after.kind].columns.filter(column => was[column] !== is[column])
  if (columns.length === 0)
    return html`<p class="quiet">${t('Tidak ada yang berubah.', 'Nothing has changed.')}</p>`
  return html`<dl class="facts">${columns.map(
    column =>
      html`<dt>${columnOf(after.kind, column)[language]}</dt><dd><del>${was[column] || '–'}</del> → <ins>${is[column] || '–'}</ins></dd>`,
  )}</dl>`
}
