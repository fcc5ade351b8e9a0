import { html } from 'hono/html'
import { yetToHear } from '../inbox/yet-to-hear.ts'
import { localTime } from '../lib/local-time.ts'
import { maskPersonal } from '../lib/mask.ts'
import type { Html } from '../portal/look/frame.ts'
import { shortDay } from '../portal/look/short-day.ts'
import { savedViewsOf } from '../records/saved-views.ts'
import { REASONS, STATUS_WORDS, WORKING } from '../records/statuses.ts'
import { openFields, ticketKey } from '../records/ticket-words.ts'
import { type Counts, countWork, type ListedTicket, type Scope } from '../records/work-list.ts'
import type { Seat } from './door.ts'
import { type Filter, KINDS, queryOf, readFilter } from './filters.ts'
import { findTickets, takerOf } from './find-tickets.ts'
import { deskPage, linkTo } from './page.ts'
import { desksOf } from './rights.ts'

const SCOPE_WORDS: Record<Scope, { id: string; en: string }> = {
  work: { id: 'Dikerjakan', en: 'To do' },
  waiting: { id: 'Menunggu pelapor', en: 'Waiting for the citizen' },
  answered: { id: 'Sudah ditanggapi', en: 'Answered' },
  ended: { id: 'Selesai', en: 'Ended' },
  all: { id: 'Semua', en: 'All' },
}
/** As much of a report as tells it from the others. */
const LONGEST = 110

/** The work list. What it shows of a report is what a card in the desk's group shows: masked, and no name. */
export async function showWorkList(seat: Seat, said?: { text: string; good: boolean }): Promise<Response> {
  const { t, c, door, house, member } = seat
  const { office } = house
  const desks = desksOf(member, office)
  const filter = readFilter(name => c.req.query(name), desks)
  const today = localTime(office.zone, door.now()).slice(0, 10)
  const { opened } = await yetToHear(door.db.pool, door.room.sealing, office.id)
  const [{ tickets, more }, counts, views] = await Promise.all([
    findTickets(seat, filter),
    countWork(door.db.pool, { office: office.id, desks, today, unheard: [...opened] }),
    savedViewsOf(door.db.pool, member.id),
  ])
  const done = c.req.query('done')
  return deskPage(
    seat,
    {
      title: t('Laporan', 'Tickets'),
      said:
        said ?? (done === undefined ? undefined : { text: t('Selesai dikerjakan.', 'Done.'), good: true }),
      body: html`<div data-news="${linkTo(seat, '/live')}"></div>
<div id="counts" data-live>${tiles(seat, counts)}</div>
${searchForm(seat, filter, desks)}
${savedViews(seat, filter, views)}
<form method="post" action="${linkTo(seat, `/tickets/close${queryOf(filter)}`)}">
<div id="list" data-live class="scroll">${tickets.length === 0 ? html`<p class="quiet">${t('Tidak ada laporan di sini.', 'No tickets here.')}</p>` : listed(seat, tickets, today)}</div>
${pages(seat, filter, more)}
${member.duties.includes('supervisor') && tickets.length > 0 ? closeMany(seat) : ''}
</form>
<p class="small quiet">${t('Tombol: j/k pindah baris, Enter membuka, / mencari.', 'Keys: j/k move, Enter opens, / searches.')}</p>`,
    },
    said === undefined || said.good ? 200 : 422,
  )
}

function tiles(seat: Seat, counts: Counts): Html {
  const { t } = seat
  const tile = (query: string, count: number, words: string, mark = '') =>
    html`<a class="tile ${mark}" href="${linkTo(seat, `/tickets${query}`)}"><b>${count}</b>${words}</a>`
  return html`<div class="tiles">
${tile('?overdue=yes', counts.overdue, t('lewat batas', 'overdue'), counts.overdue > 0 ? 'late' : '')}
${tile('?untaken=yes', counts.untaken, t('belum diambil', 'not taken'))}
${tile('', counts.work, t('dikerjakan', 'to do'))}
${tile('?scope=waiting', counts.waiting, t('menunggu pelapor', 'waiting for citizens'))}
${tile('?scope=answered', counts.answered, t('sudah ditanggapi', 'answered'))}
</div>`
}

function searchForm(seat: Seat, filter: Filter, desks: string[]): Html {
  const { t, house, language } = seat
  const option = (value: string, words: string, chosen: string) =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${words}</option>`
  const box = (name: 'untaken' | 'mine' | 'overdue', words: string) =>
    html`<label class="tick"><input type="checkbox" name="${name}" value="yes"${filter[name] ? html` checked` : ''}> ${words}</label>`
  const isNarrowed = queryOf({ ...filter, q: '', scope: 'work', page: 1 }) !== ''
  return html`<search><form method="get"><div class="row">
<label class="grow">${t('Cari kode atau kata', 'Search a code or words')}<input type="search" name="q" value="${filter.q}" maxlength="200"></label>
<label>${t('Keadaan', 'State')}<select name="scope">${Object.entries(SCOPE_WORDS).map(([scope, words]) => option(scope, words[language], filter.scope))}</select></label>
<button class="second">${t('Tampilkan', 'Show')}</button></div>
<details class="bare"${isNarrowed ? html` open` : ''}><summary>${t('Saringan lain', 'More filters')}</summary><div class="row">
<label>${t('Meja', 'Desk')}<select name="desk">${option('', t('semua meja saya', 'all my desks'), filter.desk)}${desks.map(desk => option(desk, house.office.desks[desk]?.name ?? desk, filter.desk))}</select></label>
<label>${t('Jenis', 'Kind')}<select name="kind">${option('', t('semua', 'all'), filter.kind)}${Object.entries(KINDS).map(([kind, words]) => option(kind, words[language], filter.kind))}</select></label>
<label>${t('Masuk sejak', 'Received from')}<input type="date" name="from" value="${filter.from}"></label>
<label>${t('sampai', 'to')}<input type="date" name="to" value="${filter.to}"></label>
${box('mine', t('saya tangani', 'mine'))}${box('untaken', t('belum diambil', 'not taken'))}${box('overdue', t('lewat batas', 'overdue'))}</div></details></form></search>`
}

function savedViews(seat: Seat, filter: Filter, views: { name: string; query: string }[]): Html {
  const { t } = seat
  // Not what was looked for: it may name somebody, and a saved view is not sealed.
  const query = queryOf({ ...filter, q: '', page: 1 })
  return html`<div class="row small">${views.map(
    view => html`<a class="tag" href="${linkTo(seat, `/tickets${view.query}`)}">${view.name}</a>`,
  )}${
    query === ''
      ? ''
      : html`<details><summary>${t('Simpan tampilan ini', 'Save this view')}</summary>
<form method="post" action="${linkTo(seat, '/views')}" class="row"><input type="hidden" name="query" value="${query}">
<label>${t('Nama', 'Name')}<input name="name" required maxlength="40"></label><button class="second">${t('Simpan', 'Save')}</button></form></details>`
  }</div>`
}

function listed(seat: Seat, tickets: ListedTicket[], today: string): Html {
  const { t } = seat
  const many = seat.member.duties.includes('supervisor')
  return html`<table class="stack"><thead><tr>${many ? html`<th><input type="checkbox" data-all aria-label="${t('Pilih semua', 'Select all')}"></th>` : ''}
<th>${t('Kode', 'Code')}</th><th>${t('Isi', 'Report')}</th><th>${t('Keadaan', 'State')}</th><th>${t('Batas', 'Due')}</th><th>${t('Ditangani', 'Taken by')}</th></tr></thead><tbody>
${tickets.map(ticket => row(seat, ticket, today, many))}</tbody></table>`
}

function row(seat: Seat, ticket: ListedTicket, today: string, many: boolean): Html {
  const { t, door, house, language } = seat
  const key = ticketKey(door.room.sealing, ticket.id, ticket.wrapped_key)
  const { description = '' } = openFields(door.room.sealing, key, ticket.id, ticket.fields)
  const masked = maskPersonal(description)
  const words = masked.length > LONGEST ? `${masked.slice(0, LONGEST)}…` : masked
  const href = linkTo(seat, `/tickets/${ticket.code}`)
  const opened = shortDay(localTime(house.office.zone, ticket.opened_at).slice(0, 10), language)
  const reason = ticket.reason === null ? '' : ` (${REASONS[ticket.reason]?.[language] ?? ticket.reason})`
  return html`<tr data-open="${href}">${many ? html`<td><input type="checkbox" name="codes" value="${ticket.code}" aria-label="${t('Pilih', 'Select')} ${ticket.code}"></td>` : ''}
<td><a class="code" href="${href}"><b>${ticket.code}</b></a><br><span class="small quiet">${opened}</span></td>
<td><bdi>${key === undefined ? t('(isi sudah dihapus)', '(words were erased)') : words}</bdi><br><span class="small quiet">${KINDS[ticket.kind]?.[language] ?? ticket.kind} · ${house.office.desks[ticket.desk]?.name ?? ticket.desk}</span> ${marks(seat, ticket)}</td>
<td>${STATUS_WORDS[ticket.status][language]}${reason}</td><td>${dueTag(seat, ticket, today)}</td><td>${takerOf(door, ticket) ?? html`<span class="quiet">–</span>`}</td></tr>`
}

/** What kind of care a report needs. */
export function marks(
  { t }: Pick<Seat, 't'>,
  ticket: { restricted: boolean; confidential: boolean; anonymous: boolean },
): Html {
  const mark = (is: boolean, words: string) => (is ? html`<span class="tag soon">${words}</span> ` : '')
  return html`${mark(ticket.restricted, t('berkadar pengawasan', 'about conduct'))}${mark(ticket.confidential, t('rahasia', 'confidential'))}${mark(ticket.anonymous, t('anonim', 'anonymous'))}`
}

/** Until when, and whether that is over, today, or later. */
export function dueTag(
  { t, language }: Pick<Seat, 't' | 'language'>,
  ticket: ListedTicket,
  today: string,
): Html {
  const { due, status } = ticket
  if (due === null || !WORKING.includes(status)) return html`<span class="quiet">–</span>`
  const day = shortDay(due, language)
  if (due < today) return html`<span class="tag late">${t('lewat', 'overdue')}: ${day}</span>`
  return due === today
    ? html`<span class="tag soon">${t('hari ini', 'today')}</span>`
    : html`<span class="code">${day}</span>`
}

function pages(seat: Seat, filter: Filter, more: boolean): Html {
  const { t } = seat
  const to = (page: number) => linkTo(seat, `/tickets${queryOf({ ...filter, page })}`)
  return html`<p class="row">${filter.page > 1 ? html`<a href="${to(filter.page - 1)}">← ${t('Sebelumnya', 'Previous')}</a>` : ''}
${more ? html`<a href="${to(filter.page + 1)}">${t('Berikutnya', 'Next')} →</a>` : ''}</p>`
}

function closeMany({ t, language }: Seat): Html {
  return html`<details><summary>${t('Tutup yang dipilih', 'Close what is selected')}</summary>
<p class="small">${t('Setiap pelapor diberi tahu alasannya. Tiap laporan dicatat sendiri-sendiri.', 'Each citizen is told the reason. Each ticket has its own line in the log.')}</p>
<div class="row"><label class="grow">${t('Alasan', 'Reason')}<select name="reason">${Object.entries(
    REASONS,
  ).map(
    ([reason, words]) => html`<option value="${reason}">${words[language]}</option>`,
  )}</select></label><button>${t('Tutup', 'Close')}</button></div></details>`
}
