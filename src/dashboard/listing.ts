import { html } from 'hono/html'
import type { Note } from '../exchange/row-reader.ts'
import { cleanText } from '../lib/clean-text.ts'
import { blankListing } from './blank-listing.ts'
import type { Seat } from './door.ts'
import { listingForm } from './listing-form.ts'
import { listingHistory } from './listing-history.ts'
import { cellsOf, type ListingPages, titleOf } from './listing-kinds.ts'
import { standing, waiting } from './listing-shown.ts'
import { deskPage, linkTo } from './page.ts'
import { type OneListing, readOneListing } from './read-one-listing.ts'

export const NEW = 'new'

/** What was typed into a form that was refused, and what is wrong with it. */
export type Refused = { text: string; cells?: Record<string, string>; faults?: readonly Note[] }

/** The id an address names, without what no id has and no database takes. */
export function idIn({ c }: Seat): string {
  return cleanText(c.req.param('id') ?? '').slice(0, 100)
}

/** One listing: as citizens read it, as somebody wants it, how it came about, and a form to write it anew. */
export async function listingPage(seat: Seat, of: ListingPages, refused?: Refused): Promise<Response> {
  const id = idIn(seat)
  if (id === NEW) return newPage(seat, of, refused)
  const one = await readOneListing(seat, of, id)
  return one === undefined ? noListing(seat, of) : onePage(seat, of, one, refused)
}

async function newPage(seat: Seat, of: ListingPages, refused?: Refused): Promise<Response> {
  const { cells, begin } = await blankListing(seat, of)
  const form = { id: NEW, cells: refused?.cells ?? cells, faults: refused?.faults ?? [] }
  return deskPage(
    seat,
    {
      title: of.one[seat.language],
      said: refused && { text: refused.text, good: false },
      body: html`${begin}<article>${listingForm(seat, of, form)}</article>`,
    },
    refused === undefined ? 200 : 422,
  )
}

async function onePage(seat: Seat, of: ListingPages, one: OneListing, refused?: Refused): Promise<Response> {
  const { t, c } = seat
  const { stands, waits, versions, round } = one
  const cells = refused?.cells ?? cellsOf(waits?.wanted ?? stands)
  const form = listingForm(seat, of, { id: stands.listing.id, cells, faults: refused?.faults ?? [] })
  const done = c.req.query('done') === undefined ? undefined : { text: t('Tersimpan.', 'Saved.'), good: true }
  return deskPage(
    seat,
    {
      title: titleOf(stands),
      said: refused === undefined ? done : { text: refused.text, good: false },
      body: html`${await standing(seat, of, one)}
${waits === undefined ? '' : await waiting(seat, of, one, waits)}
<details${refused?.cells === undefined ? '' : html` open`}><summary>${t('Ubah', 'Change')}</summary>${form}</details>
<details><summary>${t('Riwayat', 'History')} (${versions.length})</summary>${listingHistory(seat, versions, round)}</details>`,
    },
    refused === undefined ? 200 : 422,
  )
}

export function noListing(seat: Seat, of: ListingPages): Response | Promise<Response> {
  const { t } = seat
  return deskPage(
    seat,
    {
      title: t('Tidak ada', 'Nothing here'),
      body: html`<p>${t('Tidak ada yang berkode itu di kantor ini.', 'There is none of that code in this office.')} <a href="${linkTo(seat, of.path)}">${t('Ke daftar', 'To the list')}</a></p>`,
    },
    404,
  )
}
