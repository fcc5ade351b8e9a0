import { html } from 'hono/html'
import { looksAlike } from '../lib/clean-text.ts'
import { localTime } from '../lib/local-time.ts'
import { maskPersonal } from '../lib/mask.ts'
import { isDay } from '../lib/working-days.ts'
import { formatDay } from '../offices/due-date.ts'
import type { Html } from '../portal/look/frame.ts'
import { REASONS, STATUS_WORDS, WORKING } from '../records/statuses.ts'
import type { Seat } from './door.ts'
import { BY_CITIZEN, EVENT_WORDS } from './event-words.ts'
import { KINDS } from './filters.ts'
import { deskPage, linkTo } from './page.ts'
import type { Line, TicketRead } from './read-ticket.ts'
import { type Kept, replyForm, ticketForms } from './ticket-forms.ts'
import { dueTag, marks } from './work-list-page.ts'

/** What was opened for this one look, with a reason that was written down. */
export type Opened = { name: string; contact: string }

export type Shown = {
  read: TicketRead
  replies: { title: string; words: string }[]
  second: 'none' | 'asked' | 'agreed'
  said?: { text: string; good: boolean } | undefined
  /** What was typed into a form that was refused: nothing of it is lost. */
  kept?: Kept | undefined
  opened?: Opened | undefined
}

const FIELD_WORDS: Record<string, { id: string; en: string }> = {
  description: { id: 'Isi', en: 'Report' },
  when: { id: 'Waktu', en: 'When' },
  place: { id: 'Tempat', en: 'Where' },
  who: { id: 'Pihak terkait', en: 'Who is concerned' },
  unkept: {
    id: 'Berkas yang tidak disimpan (batas sehari)',
    en: 'Files that were not kept (too many that day)',
  },
  article: { id: 'Artikel yang tidak membantu', en: 'Article that did not help' },
}

/** One ticket: what was said on the left, what it is and what can be done on the right. */
export function ticketPage(seat: Seat, shown: Shown): Response | Promise<Response> {
  const { t, house, language, door } = seat
  const { read, said } = shown
  const { ticket } = read
  const today = localTime(house.office.zone, door.now()).slice(0, 10)
  return deskPage(
    seat,
    {
      title: ticket.code,
      said,
      body: html`<div data-news="${linkTo(seat, `/live?code=${ticket.code}`)}"></div>
<p id="state" data-live>${KINDS[ticket.kind]?.[language] ?? ticket.kind} · <b>${STATUS_WORDS[ticket.status][language]}${ticket.reason === null ? '' : ` (${REASONS[ticket.reason]?.[language] ?? ticket.reason})`}</b> ${marks(seat, ticket)} ${WORKING.includes(ticket.status) && read.due !== null ? html`· ${t('batas', 'due')} ${dueTag(seat, { ...ticket, due: read.due }, today)}` : ''}</p>
<div class="two"><div>
<article><h2 class="hidden">${t('Laporan', 'Report')}</h2>${fields(seat, shown)}</article>
<article><h2>${t('Riwayat', 'History')}</h2><ol class="talk" id="talk" data-live>${read.lines.map(line => told(seat, line, shown))}</ol></article>
${ticket.wrapped_key === null ? '' : replyForm(seat, shown)}
</div><div>
<article>${facts(seat, shown)}</article>
${ticket.wrapped_key === null ? html`<p class="quiet">${t('Isi laporan ini sudah dihapus.', 'The words of this ticket were erased.')}</p>` : ticketForms(seat, shown)}
</div></div>`,
    },
    said === undefined || said.good ? 200 : 422,
  )
}

function shownWords(words: string, { opened }: Shown): string {
  return opened === undefined ? maskPersonal(words) : words
}

function fields({ language }: Seat, shown: Shown): Html {
  const { read } = shown
  const rows = Object.entries(FIELD_WORDS).flatMap(([field, words]) => {
    const answer = read.facts.fields[field]
    if (answer === undefined || answer === '') return []
    const text = isDay(answer) ? formatDay(answer, language) : shownWords(answer, shown)
    return [html`<dt>${words[language]}</dt><dd><p class="words"><bdi>${text}</bdi></p></dd>`]
  })
  return html`<dl class="facts">${rows}</dl>`
}

function told({ house, language }: Seat, line: Line, shown: Shown): Html {
  const words = EVENT_WORDS[line.type]
  if (words === undefined) return html``
  const local = localTime(house.office.zone, line.at)
  // Of an anonymous report the day is all that is kept.
  const when = shown.read.ticket.anonymous
    ? formatDay(local.slice(0, 10), language)
    : `${formatDay(local.slice(0, 10), language)} ${local.slice(11, 16).replace(':', '.')}`
  const side = line.type === 'noted' ? 'note' : BY_CITIZEN.has(line.type) ? '' : 'office'
  const who = line.by === undefined ? '' : ` · ${line.by}`
  return html`<li class="${side}"><span class="small quiet">${when} · ${words[language]}${who}</span>${
    line.text === undefined || line.text === ''
      ? ''
      : html`<p class="words"><bdi>${shownWords(line.text, shown)}</bdi></p>`
  }</li>`
}

function facts(seat: Seat, { read, opened }: Shown): Html {
  const { t, house, language } = seat
  const { ticket, facts: known } = read
  const day = (at: Date) => formatDay(localTime(house.office.zone, at).slice(0, 10), language)
  const promise = (due: string | null) => (due === null ? '–' : formatDay(due, language))
  return html`<dl class="facts">
<dt>${t('Pelapor', 'Citizen')}</dt><dd>${opened === undefined ? known.citizen : html`<b><bdi>${opened.name || '–'}</bdi></b>${looksAlike(opened.name) ? html` <span class="small quiet">${t('(huruf dari dua aksara yang tampak sama)', '(letters of two scripts that look the same)')}</span>` : ''}<br><bdi>${opened.contact}</bdi>`}</dd>
<dt>${t('Masuk', 'Received')}</dt><dd>${day(ticket.opened_at)}</dd>
<dt>${t('Jawaban pertama', 'First answer')}</dt><dd>${promise(ticket.answer_due)}</dd>
<dt>${t('Penyelesaian', 'Settling')}</dt><dd>${promise(ticket.resolve_due)}</dd>
<dt>${t('Meja', 'Desk')}</dt><dd>${known.deskName}</dd>
<dt>${t('Ditangani', 'Taken by')}</dt><dd>${known.takenBy ?? '–'}</dd>
${ticket.postponed_until === null ? '' : html`<dt>${t('Ditunda sampai', 'Put off until')}</dt><dd>${formatDay(ticket.postponed_until, language)}</dd>`}
${read.followers === 0 ? '' : html`<dt>${t('Diikuti', 'Followed by')}</dt><dd>${t(`${read.followers} warga lain`, `${read.followers} other citizens`)}</dd>`}
${read.lead === undefined ? '' : html`<dt>${t('Digabung ke', 'Joined to')}</dt><dd><a href="${linkTo(seat, `/tickets/${read.lead}`)}">${read.lead}</a></dd>`}
${read.elsewhere.map(({ system, tracking }) => html`<dt>${system}</dt><dd>${tracking}</dd>`)}
${read.files.length === 0 ? '' : html`<dt>${t('Berkas', 'Files')}</dt><dd>${read.files.map(file => fileLink(seat, ticket.code, file))}</dd>`}
</dl>`
}

const FILE_WORDS: Record<string, { id: string; en: string }> = {
  'application/pdf': { id: 'Dokumen PDF', en: 'PDF document' },
  'audio/ogg': { id: 'Pesan suara', en: 'Voice message' },
}

const VIRUS_WORDS = {
  clean: { id: 'virus diperiksa, tidak ditemukan', en: 'scanned for viruses, none found' },
  unscanned: { id: 'virus tidak diperiksa', en: 'not scanned for viruses' },
  infected: {
    id: 'ditemukan virus, sehingga berkas ini tidak dibuka di sini. Mintalah pelapor mengirim fotonya.',
    en: 'a virus was found, so this file is not opened here. Ask the citizen for a photo of it.',
  },
}

/**
 * Pictures were drawn anew and are shown; what was kept as it came is saved, and says what it may still carry. What a virus was
 * found in is named, and no more.
 */
function fileLink(seat: Seat, code: string, { id, mime, size, scan }: TicketRead['files'][number]): Html {
  const { t, language } = seat
  const href = linkTo(seat, `/tickets/${code}/files/${id}`)
  const kb = `${Math.max(1, Math.round(size / 1024))} kB`
  if (mime.startsWith('image/'))
    return html`<a href="${href}"><img src="${href}" alt="${t('Foto dari pelapor', 'Photo by the citizen')}" width="160" loading="lazy"></a>`
  const what = FILE_WORDS[mime]?.[language] ?? mime
  const virus = VIRUS_WORDS[scan ?? 'unscanned'][language]
  if (scan === 'infected') return html`${what}, ${kb}: <b>${virus}</b><br>`
  return html`<a href="${href}">${what}</a> <span class="small quiet">${kb}; ${t('metadata tidak dihapus', 'metadata not removed')}, ${virus}</span><br>`
}
