import { html } from 'hono/html'
import { STATE_NAMES } from '../desk/progress.ts'
import { audienceText } from '../desk/read-audience.ts'
import { localTime } from '../lib/local-time.ts'
import type { Html } from '../portal/look/frame.ts'
import { shortDay } from '../portal/look/short-day.ts'
import type { Count } from '../records/announced.ts'
import { countStates, countsOfAll, type ListedVersion, latestVersions } from '../records/announcement-list.ts'
import { VERSION_STATES, type VersionState } from '../records/announcements.ts'
import { announcementPage } from './announcement.ts'
import { approveDeed, correctDeed, draftDeed, haltDeed, sendDeed } from './announcement-deeds.ts'
import { draftForm } from './announcement-forms.ts'
import { stateTag } from './announcement-state.ts'
import type { DeskRoute, Seat } from './door.ts'
import { openRecipients } from './open-recipients.ts'
import { deskPage, linkTo } from './page.ts'
import { progressBar } from './progress-bar.ts'
import { CONTENT, hasAny } from './rights.ts'

/** What the office says to many: written here or in the group, by the same actions. */
export const ANNOUNCEMENTS: DeskRoute[] = [
  {
    method: 'get',
    path: '/announcements',
    for: CONTENT.seesAnnouncements,
    answer: seat => showAnnouncements(seat),
  },
  { method: 'get', path: '/announcements/new', for: CONTENT.announces, answer: seat => newPage(seat) },
  {
    method: 'post',
    path: '/announcements/new',
    for: CONTENT.announces,
    answer: seat => draftDeed(seat, newPage),
  },
  {
    method: 'get',
    path: '/announcements/:id',
    for: CONTENT.seesAnnouncements,
    answer: seat => announcementPage(seat, {}),
  },
  { method: 'post', path: '/announcements/:id/approve', for: CONTENT.agreesToAnnounce, answer: approveDeed },
  { method: 'post', path: '/announcements/:id/send', for: CONTENT.sends, answer: sendDeed },
  { method: 'post', path: '/announcements/:id/stop', for: CONTENT.sends, answer: haltDeed },
  { method: 'post', path: '/announcements/:id/correct', for: CONTENT.announces, answer: correctDeed },
  {
    method: 'post',
    path: '/announcements/:id/recipients',
    for: CONTENT.opensRecipients,
    proved: true,
    answer: openRecipients,
  },
]

const PAGE_ROWS = 30
const MOST_PAGES = 40
/** States one asks for; a version that was replaced is never the latest. */
const ASKED = VERSION_STATES.filter(state => state !== 'replaced')

async function showAnnouncements(seat: Seat): Promise<Response> {
  const { t, door, house, c, member, language } = seat
  const on = door.db.pool
  const office = house.office.id
  const state = ASKED.find(one => one === c.req.query('state'))
  const asked = Number(c.req.query('page') ?? '1')
  const page = Number.isInteger(asked) && asked >= 1 && asked <= MOST_PAGES ? asked : 1
  const states = state === undefined ? [] : [state]
  const [found, counted] = await Promise.all([
    latestVersions(on, office, { states, most: PAGE_ROWS + 1, offset: (page - 1) * PAGE_ROWS }),
    countStates(on, office),
  ])
  const shown = found.slice(0, PAGE_ROWS)
  const counts = await countsOfAll(on, shown)
  const to = (of: VersionState | undefined, n = 1) => {
    const query = new URLSearchParams({
      ...(of && { state: of }),
      ...(n > 1 && { page: String(n) }),
    }).toString()
    return linkTo(seat, `/announcements${query === '' ? '' : `?${query}`}`)
  }
  const mayWrite = hasAny(member, CONTENT.announces)
  return deskPage(seat, {
    title: t('Pengumuman', 'Announcements'),
    body: html`<div class="tiles">${ASKED.map(
      one =>
        html`<a class="tile" href="${to(one)}"${one === state ? html` aria-current="true"` : ''}><b>${counted.get(one) ?? 0}</b>${STATE_NAMES[one][language]}</a>`,
    )}</div>
<p class="row">${mayWrite ? html`<a role="button" href="${linkTo(seat, '/announcements/new')}">${t('Tulis pengumuman', 'Write an announcement')}</a>` : ''}${state === undefined ? '' : html`<a href="${to(undefined)}">${t('Tampilkan semua', 'Show all')}</a>`}</p>
${shown.length === 0 ? html`<p class="quiet">${t('Tidak ada pengumuman di sini.', 'No announcements here.')}</p>` : shown.map(one => card(seat, one, counts.get(`${one.id}/${one.version}`) ?? []))}
<p class="row">${page > 1 ? html`<a href="${to(state, page - 1)}">← ${t('Sebelumnya', 'Previous')}</a>` : ''}${found.length > PAGE_ROWS ? html`<a href="${to(state, page + 1)}">${t('Berikutnya', 'Next')} →</a>` : ''}</p>`,
  })
}

/** Letters of an announcement that tell it from the others. */
const LONGEST = 140

function card(seat: Seat, version: ListedVersion, counts: Count[]): Html {
  const { language, house, t } = seat
  const { code, words, audience, draftedBy, draftedAt, about } = version
  const said = (words[language] ?? words.id).replaceAll('*', '').replaceAll('\n', ' ')
  const day = shortDay(localTime(house.office.zone, draftedAt).slice(0, 10), language)
  return html`<article><h2><a class="code" href="${linkTo(seat, `/announcements/${code}`)}">${code}</a> ${stateTag(seat, version)}</h2>
<p><bdi>${said.length > LONGEST ? `${said.slice(0, LONGEST)}…` : said}</bdi></p>
<p class="small quiet">${audienceText(audience, language)} · ${about === null ? draftedBy : t(`otomatis dari data, diubah ${draftedBy}`, `by itself from what ${draftedBy} changed`)} · ${day}${version.version > 1 ? t(`, versi ${version.version}`, `, version ${version.version}`) : ''}</p>
${progressBar(seat, version, counts)}</article>`
}

function newPage(seat: Seat, wrong?: string): Response | Promise<Response> {
  const { t } = seat
  return deskPage(
    seat,
    {
      title: t('Pengumuman baru', 'New announcement'),
      said: wrong === undefined ? undefined : { text: wrong, good: false },
      body: draftForm(seat),
    },
    wrong === undefined ? 200 : 422,
  )
}
