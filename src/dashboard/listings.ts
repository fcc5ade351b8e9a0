import { html } from 'hono/html'
import { cleanText } from '../lib/clean-text.ts'
import { spokenMoment } from '../offices/spoken-moment.ts'
import type { Html } from '../portal/look/frame.ts'
import {
  countListings,
  LISTING_SCOPES,
  type ListedListing,
  type ListingScope,
  listListings,
} from '../records/listing-list.ts'
import type { DeskRoute, Seat } from './door.ts'
import { listingPage } from './listing.ts'
import { approveDeed, approveMany, dropDeed, saveDeed, withdrawDeed } from './listing-deeds.ts'
import { LISTING_PAGES, type ListingPages } from './listing-kinds.ts'
import { listingTags, SCOPE_NAMES } from './listing-state.ts'
import { deskPage, linkTo } from './page.ts'
import { CONTENT, hasAny } from './rights.ts'

/** Vacancies, stages and agenda: written by those who know, shown once somebody else has agreed. */
export const LISTINGS: DeskRoute[] = Object.values(LISTING_PAGES).flatMap((of): DeskRoute[] => [
  { method: 'get', path: of.path, for: CONTENT.writes, answer: seat => showListings(seat, of) },
  {
    method: 'post',
    path: `${of.path}/approve`,
    for: CONTENT.agrees,
    answer: seat => approveMany(seat, of, said => showListings(seat, of, said)),
  },
  { method: 'get', path: `${of.path}/:id`, for: CONTENT.writes, answer: seat => listingPage(seat, of) },
  { method: 'post', path: `${of.path}/:id`, for: CONTENT.writes, answer: seat => saveDeed(seat, of) },
  {
    method: 'post',
    path: `${of.path}/:id/approve`,
    for: CONTENT.agrees,
    answer: seat => approveDeed(seat, of),
  },
  { method: 'post', path: `${of.path}/:id/drop`, for: CONTENT.writes, answer: seat => dropDeed(seat, of) },
  {
    method: 'post',
    path: `${of.path}/:id/withdraw`,
    for: CONTENT.takesBack,
    answer: seat => withdrawDeed(seat, of),
  },
])

const PAGE_ROWS = 50
const MOST_PAGES = 200

type Said = { text: string; good: boolean }

async function showListings(seat: Seat, of: ListingPages, said?: Said): Promise<Response> {
  const { t, door, house, c, language, member } = seat
  const office = house.office.id
  const now = door.now()
  const scope =
    LISTING_SCOPES.find(one => one === c.req.query('scope')) ?? (said === undefined ? 'open' : 'waiting')
  const q = cleanText(c.req.query('q') ?? '')
    .trim()
    .slice(0, 100)
  const asked = Number(c.req.query('page') ?? '1')
  const page = Number.isInteger(asked) && asked >= 1 && asked <= MOST_PAGES ? asked : 1
  const [found, counts] = await Promise.all([
    listListings(door.db.pool, office, of.kind, {
      scope,
      q,
      now,
      most: PAGE_ROWS + 1,
      offset: (page - 1) * PAGE_ROWS,
    }),
    countListings(door.db.pool, office, of.kind, now),
  ])
  const shown = found.slice(0, PAGE_ROWS)
  const mayAgree = hasAny(member, CONTENT.agrees) && scope === 'waiting'
  const to = (n: number) =>
    linkTo(seat, `${of.path}?${new URLSearchParams({ scope, ...(q && { q }), page: String(n) }).toString()}`)
  const done = c.req.query('done')
  return deskPage(
    seat,
    {
      title: of.name[language],
      said: said ?? (done === undefined ? undefined : { text: t('Tersimpan.', 'Saved.'), good: true }),
      body: html`${tiles(seat, of, counts)}
<search><form method="get" class="row"><label class="grow">${t('Cari nama, tempat, atau kode', 'Search a name, place or code')}<input type="search" name="q" value="${q}" maxlength="100"></label>
<label>${t('Keadaan', 'State')}<select name="scope">${LISTING_SCOPES.map(one => html`<option value="${one}"${one === scope ? html` selected` : ''}>${SCOPE_NAMES[one][language]}</option>`)}</select></label><button class="second">${t('Tampilkan', 'Show')}</button>
<a role="button" href="${linkTo(seat, `${of.path}/new`)}">${of.one[language]}</a><a role="button" class="second" href="${linkTo(seat, `/import?kind=${of.table}`)}">${t('Impor tabel', 'Import a table')}</a></form></search><p></p>
<form method="post" action="${linkTo(seat, `${of.path}/approve`)}">
${shown.length === 0 ? html`<p class="quiet">${t('Tidak ada di sini.', 'Nothing here.')}</p>` : table(seat, of, shown, mayAgree)}
${mayAgree && shown.length > 0 ? html`<button>${t('Setujui yang dipilih', 'Approve what is selected')}</button>` : ''}</form>
<p class="row">${page > 1 ? html`<a href="${to(page - 1)}">← ${t('Sebelumnya', 'Previous')}</a>` : ''}${found.length > PAGE_ROWS ? html`<a href="${to(page + 1)}">${t('Berikutnya', 'Next')} →</a>` : ''}</p>`,
    },
    said === undefined || said.good ? 200 : 422,
  )
}

function tiles(seat: Seat, { path }: ListingPages, counts: Record<ListingScope, number>): Html {
  return html`<div class="tiles">${LISTING_SCOPES.filter(scope => scope !== 'all').map(
    scope =>
      html`<a class="tile" href="${linkTo(seat, `${path}?scope=${scope}`)}"><b>${counts[scope]}</b>${SCOPE_NAMES[scope][seat.language]}</a>`,
  )}</div>`
}

function table(seat: Seat, of: ListingPages, rows: ListedListing[], mayAgree: boolean): Html {
  const { t, language, house, member } = seat
  const here = house.office.zone
  const row = (one: ListedListing) => {
    const href = linkTo(seat, `${of.path}/${encodeURIComponent(one.id)}`)
    const isOwn = one.changedBy.toLowerCase() === member.name.toLowerCase()
    const moment = (at: Date) => spokenMoment(at, one.zone, here, language)
    const box = isOwn
      ? html`<span class="small quiet">${t('tulisan Anda', 'your own')}</span>`
      : html`<input type="checkbox" name="seen" value="${markOf(one)}" aria-label="${t('Pilih', 'Select')} ${one.title}">`
    return html`<tr data-open="${href}">${mayAgree ? html`<td>${box}</td>` : ''}
<td><a href="${href}">${one.title}</a><br><span class="small quiet">${one.detail} · ${one.id}</span></td><td>${listingTags(seat, one)}</td>
<td class="small">${moment(one.starts)}<br>– ${moment(one.ends)}</td><td>${one.changedBy}</td></tr>`
  }
  return html`<div class="scroll" tabindex="0"><table class="stack"><thead><tr>${mayAgree ? html`<th><input type="checkbox" data-all aria-label="${t('Pilih semua', 'Select all')}"></th>` : ''}<th>${t('Nama', 'Name')}</th><th>${t('Keadaan', 'State')}</th><th>${t('Waktu', 'When')}</th><th>${t('Ditulis', 'Written by')}</th></tr></thead><tbody>${rows.map(row)}</tbody></table></div>`
}

/** What was looked at: a listing, its version, and the change that waits. */
function markOf({ id, version, draft }: ListedListing): string {
  return `${version}/${draft ?? ''}/${id}`
}
