import { html } from 'hono/html'
import { audienceNow } from '../actions/audience-now.ts'
import { previewPieces, windowLines } from '../actions/preview-announcement.ts'
import type { AnnounceVerb } from '../desk/announce-command.ts'
import { audienceText } from '../desk/read-audience.ts'
import { spokenMoment } from '../offices/spoken-moment.ts'
import type { Html } from '../portal/look/frame.ts'
import { countsOf } from '../records/announced.ts'
import { type ListedVersion, versionsCalled } from '../records/announcement-list.ts'
import { transaction } from '../records/db.ts'
import { unheardOf } from '../records/unheard.ts'
import { announcementForms } from './announcement-forms.ts'
import { stateTag } from './announcement-state.ts'
import type { Written } from './announcement-words.ts'
import type { Seat } from './door.ts'
import { deskPage, goTo, linkTo } from './page.ts'
import { progressBar } from './progress-bar.ts'
import { MOST_UNHEARD, recipientList } from './recipients.ts'
import { workOnAnnouncement } from './work-on-announcement.ts'

type More = {
  said?: { text: string; good: boolean }
  /** What was typed into a correction that was refused. */
  kept?: boolean
  /** Addresses that were opened for this look, by chat. */
  opened?: ReadonlyMap<string, string>
}

/** One announcement: what it says on each channel, to whom, how it goes, what can be done with it, and all its versions. */
export async function announcementPage(seat: Seat, { said, kept, opened }: More): Promise<Response> {
  const { t, door, house, c } = seat
  const versions = await versionsCalled(door.db.pool, house.office.id, codeIn(seat))
  const [latest] = versions
  if (latest === undefined) return noAnnouncement(seat)
  const [counts, unheard, reached] = await Promise.all([
    countsOf(door.db.pool, latest),
    unheardOf(door.db.pool, latest, MOST_UNHEARD),
    isOpen(latest)
      ? transaction(door.db, client => audienceNow({ ...door.room, client }, latest, seat.language))
      : Promise.resolve(''),
  ])
  const done = c.req.query('done')
  return deskPage(
    seat,
    {
      title: t(`Pengumuman ${latest.code}`, `Announcement ${latest.code}`),
      said: said ?? (done === undefined ? undefined : { text: t('Tersimpan.', 'Saved.'), good: true }),
      body: html`<p>${stateTag(seat, latest)} ${whenOf(seat, latest)}</p>${progressBar(seat, latest, counts)}
<article><h2>${t('Untuk siapa', 'For whom')}</h2><p>${t('Yang meminta', 'Who asked for')}: ${audienceText(latest.audience, seat.language)}</p>${reached === '' ? '' : html`<p class="words small">${reached}</p>`}</article>
${announcementForms(seat, latest, kept === true)}
${recipientList(seat, latest, unheard, opened)}
<article><h2>${t('Pratinjau: begini diserahkan ke tiap kanal', 'Preview: as it is handed to each channel')}</h2>${pieces(seat, latest)}</article>
<details><summary>${t('Riwayat', 'History')}</summary><ol class="talk">${versions.map(version => told(seat, version))}</ol></details>`,
    },
    said === undefined || said.good ? 200 : 422,
  )
}

function isOpen({ status }: ListedVersion): boolean {
  return status === 'draft' || status === 'approved'
}

/** The code an address names; '' when it is none. */
export function codeIn({ c }: Seat): string {
  return /^P-[0-9A-Z]{5}$/.exec((c.req.param('id') ?? '').toUpperCase())?.[0] ?? ''
}

export function noAnnouncement(seat: Seat): Response | Promise<Response> {
  const { t } = seat
  return deskPage(
    seat,
    {
      title: t('Pengumuman tidak ada', 'No such announcement'),
      body: html`<p><a href="${linkTo(seat, '/announcements')}">${t('Ke daftar', 'To the list')}</a></p>`,
    },
    404,
  )
}

function whenOf(
  { t, language, house }: Seat,
  { status, sendAt, approvedBy, draftedBy }: ListedVersion,
): string {
  const { zone } = house.office
  const drafted = t(`disusun ${draftedBy}`, `drafted by ${draftedBy}`)
  const by =
    approvedBy === null ? drafted : `${drafted}, ${t(`disetujui ${approvedBy}`, `approved by ${approvedBy}`)}`
  if (sendAt === null || (status !== 'approved' && status !== 'draft')) return by
  const when = spokenMoment(sendAt, zone, zone, language)
  const go =
    status === 'draft'
      ? t(`sesudah disetujui, mulai ${when}`, `once approved, from ${when}`)
      : t(`mulai ${when}`, `from ${when}`)
  return `${by}; ${go}`
}

function pieces(seat: Seat, version: ListedVersion): Html {
  const { t, door } = seat
  const all = previewPieces(door.room, version)
  const tongue = (language: string) =>
    language === 'en' ? t('Inggris', 'English') : t('Indonesia', 'Indonesian')
  return html`${all.map(
    ({ names, language, parts }) =>
      html`<h3>${names} <span class="small quiet">${tongue(language)}${parts.length > 1 ? t(`, ${parts.length} pesan`, `, ${parts.length} messages`) : ''}</span></h3>${parts.map(part => html`<p class="words told"><bdi>${part}</bdi></p>`)}`,
  )}${windowLines(door.room, version.office, seat.language).map(line => html`<p class="small quiet">${line.replaceAll('*', '')}</p>`)}`
}

function told(seat: Seat, version: ListedVersion): Html {
  const { t, language, house } = seat
  const { zone } = house.office
  const when = spokenMoment(version.draftedAt, zone, zone, language)
  const approved =
    version.approvedBy === null
      ? ''
      : t(`, disetujui ${version.approvedBy}`, `, approved by ${version.approvedBy}`)
  return html`<li><span class="small quiet">${t('Versi', 'Version')} ${version.version} · ${when} · ${version.draftedBy}${approved}</span> ${stateTag(seat, version)}<p class="words"><bdi>${version.words[language] ?? version.words.id}</bdi></p></li>`
}

/** Does something with one announcement, and shows it again with how that went. */
export async function deedOnAnnouncement(
  seat: Seat,
  verb: AnnounceVerb,
  written: Written,
): Promise<Response> {
  const key = seat.form.of('key')
  const code = codeIn(seat)
  const versions = await versionsCalled(seat.door.db.pool, seat.house.office.id, code)
  if (versions.length === 0 || !/^[0-9a-f-]{36}$/.test(key)) return noAnnouncement(seat)
  const kept = verb === 'correct'
  if ('wrong' in written) return announcementPage(seat, { said: { text: written.wrong, good: false }, kept })
  const done = await workOnAnnouncement(seat, { verb, code, ...written, key })
  if (done.is === 'done') return goTo(seat, `/announcements/${code}?done=${verb}`)
  return announcementPage(seat, { said: { text: done.text, good: false }, kept })
}
