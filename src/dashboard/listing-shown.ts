import { html } from 'hono/html'
import type { Html } from '../portal/look/frame.ts'
import { countRegistered } from '../records/registered-for.ts'
import type { Seat } from './door.ts'
import { differences } from './listing-history.ts'
import type { ListingPages, Whole } from './listing-kinds.ts'
import { listingTags } from './listing-state.ts'
import { listingTold } from './listing-told.ts'
import { linkTo } from './page.ts'
import type { OneListing } from './read-one-listing.ts'
import { CONTENT, hasAny } from './rights.ts'

/** How a listing stands, as citizens read it, or would once it is approved. */
export async function standing(seat: Seat, of: ListingPages, one: OneListing): Promise<Html> {
  const { t, member } = seat
  const { stands, version, writtenBy, waits } = one
  const { listing } = stands
  const { approved_by: approvedBy, withdrawn } = listing
  const ends = new Date('closes_at' in listing ? listing.closes_at : listing.ends_at)
  const isUnseen = approvedBy === null && withdrawn === null
  const takesBack = withdrawn === null && hasAny(member, CONTENT.takesBack)
  const who =
    approvedBy === null
      ? t(`ditulis ${writtenBy}`, `written by ${writtenBy}`)
      : t(`disetujui ${approvedBy}`, `approved by ${approvedBy}`)
  return html`<article><h2>${isUnseen ? t('Begini warga akan membacanya', 'As citizens will read it') : t('Begini warga membacanya', 'As citizens read it')}</h2>
<p>${listingTags(seat, { approvedBy, withdrawn, ends, draft: waits?.draft.mark ?? null })} <span class="small quiet">${who}</span></p>
${withdrawn === null ? '' : html`<p>${t('Dicabut', 'Withdrawn')}: <bdi>${withdrawn}</bdi></p>`}
${await registered(seat, stands)}${await listingTold(seat, stands)}
${isUnseen ? agreeForm(seat, of, { seen: `${version}/`, isOwn: isSamePerson(writtenBy, member.name) }) : ''}
${takesBack ? withdrawForm(seat, of, isUnseen) : ''}</article>`
}

/** How many want to come, in numbers alone. */
async function registered({ t, door, house }: Seat, { kind, listing }: Whole): Promise<Html> {
  if (kind !== 'agenda' || listing.places === null) return html``
  const { confirmed, waiting: queue } = await countRegistered(door.db.pool, house.office.id, listing.id)
  return html`<p>${t(`Terdaftar ${confirmed} dari ${listing.places}, daftar tunggu ${queue}.`, `${confirmed} of ${listing.places} registered, ${queue} waiting.`)}</p>`
}

/** Versions name people; of two of one name neither agrees to what the other wrote. */
export function isSamePerson(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** The change that waits: what would be other, and how citizens would read it. */
export async function waiting(
  seat: Seat,
  of: ListingPages,
  { stands, version }: OneListing,
  { draft, wanted }: NonNullable<OneListing['waits']>,
): Promise<Html> {
  const { t, member } = seat
  const unapproved = {
    ...wanted,
    listing: { ...wanted.listing, approved_by: stands.listing.approved_by },
  } as Whole
  return html`<article><h2>${t('Perubahan menunggu persetujuan', 'A change waits for approval')}</h2><p class="small quiet">${draft.name}</p>
${differences(seat, stands, unapproved)}<h3>${t('Begini warga akan membacanya', 'As citizens will read it')}</h3>${await listingTold(seat, wanted)}
${agreeForm(seat, of, { seen: `${version}/${draft.mark}`, isOwn: draft.writtenBy === member.id })}
<form method="post" action="${hereWith(seat, of, '/drop')}"><input type="hidden" name="seen" value="${draft.mark}"><button class="second">${t('Buang perubahan ini', 'Drop this change')}</button></form></article>`
}

function agreeForm(seat: Seat, of: ListingPages, { seen, isOwn }: { seen: string; isOwn: boolean }): Html {
  const { t, member } = seat
  if (!hasAny(member, CONTENT.agrees)) return html``
  if (isOwn)
    return html`<p class="small quiet">${t('Orang lain yang menyetujui tulisan Anda.', 'Somebody else agrees to what you wrote.')}</p>`
  return html`<form method="post" action="${hereWith(seat, of, '/approve')}"><input type="hidden" name="seen" value="${seen}"><button>${t('Setujui dan tampilkan', 'Agree and show')}</button></form>`
}

function withdrawForm(seat: Seat, of: ListingPages, isHidden: boolean): Html {
  const { t } = seat
  const more = isHidden
    ? ''
    : t(
        ' Warga yang pernah diberi tahu langsung mendapat kabar.',
        ' Citizens who were told of it are told so at once.',
      )
  return html`<details><summary>${of.kind === 'agenda' ? t('Batalkan', 'Cancel') : t('Cabut', 'Withdraw')}</summary><p class="small">${t('Alasannya dibaca warga.', 'Citizens read the reason.')}${more}</p>
<form method="post" action="${hereWith(seat, of, '/withdraw')}" class="row"><label class="grow">${t('Alasan', 'Reason')}<input name="why" required minlength="5" maxlength="300" value="${seat.form.of('why')}"></label><button class="second">${of.kind === 'agenda' ? t('Batalkan', 'Cancel') : t('Cabut', 'Withdraw')}</button></form></details>`
}

function hereWith(seat: Seat, { path }: ListingPages, deed: string): string {
  return linkTo(seat, `${path}/${encodeURIComponent(seat.c.req.param('id') ?? '')}${deed}`)
}
