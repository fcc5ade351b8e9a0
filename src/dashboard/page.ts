import { html } from 'hono/html'
import { framed, type Html } from '../portal/look/frame.ts'
import { otherTongue } from '../portal/look/tongue.ts'
import { DUTIES, type Duty } from '../records/duties.ts'
import type { Seat } from './door.ts'
import { CONTENT } from './rights.ts'

type Place = { path: string; id: string; en: string; for: readonly Duty[] }

/** Where one can go, in the order of a working day. Whoever may not go there does not see it. */
const PLACES: Place[] = [
  { path: '/tickets', id: 'Laporan', en: 'Tickets', for: ['operator', 'supervisor', 'confidential'] },
  { path: '/knowledge', id: 'Pengetahuan', en: 'Knowledge', for: ['operator', 'supervisor', 'approver'] },
  { path: '/vacancies', id: 'Lowongan', en: 'Vacancies', for: CONTENT.writes },
  {
    path: '/stages',
    id: 'Tahapan seleksi',
    en: 'Selection stages',
    for: CONTENT.writes,
  },
  { path: '/agenda', id: 'Agenda', en: 'Agenda', for: CONTENT.writes },
  {
    path: '/announcements',
    id: 'Pengumuman',
    en: 'Announcements',
    for: CONTENT.seesAnnouncements,
  },
  { path: '/surveys', id: 'Survei', en: 'Surveys', for: CONTENT.seesSurveys },
  { path: '/staff', id: 'Petugas', en: 'Staff', for: ['administrator'] },
  { path: '/groups', id: 'Meja dan grup', en: 'Desks and groups', for: ['administrator'] },
  { path: '/channels', id: 'Kanal', en: 'Channels', for: ['administrator'] },
  {
    path: '/flows',
    id: 'Alur percakapan',
    en: 'Flows',
    for: ['operator', 'supervisor', 'approver', 'administrator'],
  },
  { path: '/wordings', id: 'Kalimat kantor', en: 'Sentences', for: ['operator', 'supervisor', 'approver'] },
  { path: '/log', id: 'Jejak audit', en: 'Audit log', for: ['protection'] },
  {
    path: '/figures',
    id: 'Angka',
    en: 'Figures',
    for: ['operator', 'supervisor', 'approver', 'protection', 'administrator'],
  },
  { path: '/exports', id: 'Ekspor', en: 'Export', for: ['supervisor'] },
  {
    path: '/replies',
    id: 'Jawaban siap pakai',
    en: 'Prepared replies',
    for: ['operator', 'supervisor', 'confidential'],
  },
  {
    path: '/agreements',
    id: 'Persetujuan',
    en: 'Agreements',
    for: ['approver', 'supervisor', 'confidential'],
  },
  {
    path: '/status',
    id: 'Keadaan sistem',
    en: 'System',
    for: DUTIES,
  },
  {
    path: '/me',
    id: 'Akun saya',
    en: 'My account',
    for: DUTIES,
  },
]

/** Where somebody begins: the first place they may go to. */
export function firstPlace(duties: readonly Duty[]): string {
  return PLACES.find(place => place.for.some(duty => duties.includes(duty)))?.path ?? '/me'
}

export function linkTo(seat: Seat, path: string): string {
  return `/desk/${seat.house.office.id}${path}`
}

/** A page of staff, whole. `said`: how the deed before it went. */
export function deskPage(
  seat: Seat,
  page: { title: string; body: Html; said?: { text: string; good: boolean } | undefined },
  status: 200 | 403 | 404 | 409 | 422 | 429 = 200,
): Response | Promise<Response> {
  const { c, t, house, member } = seat
  const { office } = house
  const here = new URL(c.req.url).pathname
  const places = PLACES.filter(place => place.for.some(duty => member.duties.includes(duty)))
  const top = html`<header class="top">
<a class="name" href="${linkTo(seat, '')}">${office.short}</a>
<span>${member.name}</span>
<a href="${otherTongue(c, seat)}" lang="${seat.language === 'en' ? 'id' : 'en'}">${t('English', 'Bahasa Indonesia')}</a>
<form method="post" action="${linkTo(seat, '/sign-out')}"><button class="plain">${t('Keluar', 'Sign out')}</button></form>
</header>
${office.example ? html`<aside class="example">${t('Contoh — bukan kantor sungguhan, data contoh', 'Example — not a real office, sample data')}</aside>` : ''}`
  const body = html`<div class="frame">
<nav class="side" aria-label="${t('Menu', 'Menu')}"><ul>
${places.map(place => {
  const href = linkTo(seat, place.path)
  const current = here.startsWith(href)
  return html`<li><a href="${href}"${current ? html` aria-current="page"` : ''}>${t(place.id, place.en)}</a></li>`
})}
</ul></nav>
<main class="work" id="main" data-office="${office.id}">
<h1>${page.title}</h1>
${page.said === undefined ? '' : html`<p role="status" class="said-so ${page.said.good ? 'good' : 'bad'}">${page.said.text}</p>`}
${page.body}
</main>
</div>`
  const title = `${page.title} · ${office.short}`
  const whole = framed({ title, tongue: seat, accent: office.accent, top, body, script: '/look/desk.js' })
  c.status(status)
  return c.html(whole)
}

/** After a deed: back to a page, which then says how it went by a word in its address. No address holds more than that. */
export function goTo(seat: Seat, path: string): Response {
  return seat.c.redirect(linkTo(seat, path), 303)
}
