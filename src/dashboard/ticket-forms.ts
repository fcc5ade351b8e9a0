import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { mayGo } from '../actions/may-go.ts'
import { VERBS, type Verb, type VerbName } from '../desk/verbs.ts'
import { isRestrictedDesk } from '../offices/desk-for.ts'
import type { Html } from '../portal/look/frame.ts'
import { REASONS, type Status } from '../records/statuses.ts'
import type { Seat } from './door.ts'
import { linkTo } from './page.ts'
import type { TicketRead } from './read-ticket.ts'

/** What was typed into a form that was refused. */
export type Kept = { verb: string; words: string }

type Parts = {
  read: TicketRead
  replies: { title: string; words: string }[]
  second: 'none' | 'asked' | 'agreed'
  kept?: Kept | undefined
}

const WORDS: Partial<Record<VerbName, { id: string; en: string }>> = {
  take: { id: 'Ambil', en: 'Take' },
  reply: { id: 'Balas pelapor', en: 'Answer the citizen' },
  ask: { id: 'Minta data', en: 'Ask for more' },
  note: { id: 'Catatan', en: 'Note' },
  forward: { id: 'Teruskan ke meja lain', en: 'Forward to another desk' },
  decline: { id: 'Tolak', en: 'Decline' },
  not_ours: { id: 'Bukan wewenang', en: 'Not our authority' },
  resolve: { id: 'Selesai', en: 'Close' },
  reopen: { id: 'Buka lagi', en: 'Reopen' },
  postpone: { id: 'Tunda', en: 'Put off' },
  merge: { id: 'Gabung laporan lain ke sini', en: 'Join another ticket to this' },
  part: { id: 'Pisahkan lagi', en: 'Part again' },
  talk: { id: 'Bicara langsung', en: 'Talk live' },
  release: { id: 'Selesai bicara', en: 'End the talk' },
  share: { id: 'Kirim jawaban ini ke penanya lain', en: 'Send this answer to others who asked' },
  article: { id: 'Jadikan artikel', en: 'Make it an article' },
  block: { id: 'Blokir pelapor', en: 'Block the citizen' },
  unblock: { id: 'Buka blokir', en: 'Lift the block' },
}

/** Said under a field, where a verb wants more than plain words. */
const HINTS: Partial<Record<VerbName, { id: string; en: string }>> = {
  note: { id: 'Pelapor tidak melihatnya.', en: 'The citizen does not see it.' },
  not_ours: { id: 'Ke mana sebaiknya disampaikan?', en: 'Where should they take it?' },
  postpone: {
    id: 'Tanggal dan alasan: 2 Desember menunggu berkas dari kecamatan',
    en: 'Day and reason, in Indonesian: 2 Desember menunggu berkas',
  },
  merge: { id: 'Kode laporan yang digabungkan ke sini', en: 'The code of the ticket to join' },
  article: {
    id: 'Baris pertama: pertanyaan umumnya. Jawabannya balasan terakhir, atau baris berikutnya.',
    en: 'First line: the question. The answer is your last one, or the lines below.',
  },
  block: { id: 'Contoh: 7 hari kata-kata kasar', en: 'In Indonesian: 7 hari kata-kata kasar' },
}

/** All that can be done with a ticket as it stands, the most frequent first; each works without a line of script. */
export function ticketForms(seat: Seat, parts: Parts): Html {
  const { read, kept } = parts
  const fits = (name: VerbName) => isOffered(seat, read, name)
  const plain = (
    ['take', 'talk', 'release', 'resolve', 'reopen', 'part', 'share', 'unblock'] as const
  ).filter(fits)
  const more = (
    ['ask', 'note', 'forward', 'decline', 'postpone', 'not_ours', 'merge', 'article', 'block'] as const
  ).filter(fits)
  return html`<div class="row">${plain.map(name => form(seat, read, name, html`<button class="${name === 'take' ? '' : 'second'}">${word(seat, name)}</button>`))}</div>
<p></p>
${more.map(
  name =>
    html`<details${kept?.verb === name ? html` open` : ''}><summary>${word(seat, name)}</summary>${wordsForm(seat, parts, name)}</details>`,
)}
${elsewhereForm(seat, read)}
${openForm(seat, parts)}`
}

/** Below what was said: the answer to it. */
export function replyForm(seat: Seat, parts: Parts): Html {
  return isOffered(seat, parts.read, 'reply')
    ? html`<article>${wordsForm(seat, parts, 'reply')}</article>`
    : html``
}

function isOffered(
  { member }: Seat,
  { ticket, talk, facts, lead, blocked }: TicketRead,
  name: VerbName,
): boolean {
  const verb: Verb = VERBS[name]
  if (!verb.from.includes(ticket.status as Status)) return false
  if (lead !== undefined) return ['note', 'part', 'talk', 'release'].includes(name)
  switch (name) {
    case 'take':
      return facts.takenBy === undefined || ticket.status === 'forwarded'
    case 'part':
      return false
    case 'talk':
      return ticket.conversation_id !== null && (talk === undefined || talk.speaker === null)
    case 'release':
      return talk !== undefined
    case 'share':
    case 'article':
      return ticket.kind === 'information' && !(ticket.restricted || ticket.confidential || ticket.anonymous)
    case 'block':
    case 'unblock':
      return (
        ticket.conversation_id !== null &&
        member.duties.includes('supervisor') &&
        blocked === (name === 'unblock')
      )
    default:
      return true
  }
}

function word({ language }: Seat, name: VerbName): string {
  return WORDS[name]?.[language] ?? VERBS[name].says
}

function form(seat: Seat, { ticket }: TicketRead, verb: VerbName, body: Html): Html {
  return html`<form method="post"${verb === 'reply' ? html` enctype="multipart/form-data"` : ''} action="${linkTo(seat, `/tickets/${ticket.code}`)}"><input type="hidden" name="verb" value="${verb}"><input type="hidden" name="key" value="${randomUUID()}">${body}</form>`
}

function wordsForm(seat: Seat, { read, replies, kept }: Parts, name: VerbName): Html {
  const { t, language } = seat
  const words = kept?.verb === name ? kept.words : ''
  const hint = HINTS[name]?.[language]
  const prepared =
    name !== 'reply' || replies.length === 0
      ? ''
      : html`<label>${t('Jawaban siap pakai', 'Prepared reply')}<select name="prepared"><option value="">–</option>${replies.map(
          reply => html`<option data-words="${reply.words}" value="${reply.title}">${reply.title}</option>`,
        )}</select></label>`
  const file =
    name !== 'reply'
      ? ''
      : html`<details class="bare"><summary>${t('Sertakan berkas', 'Add a file')}</summary><label><span class="hidden">${t('Foto atau PDF', 'Photo or PDF')}</span><input type="file" name="file" accept="image/jpeg,image/png,image/webp,application/pdf"></label></details>`
  const field = fieldOf(seat, read, name, words)
  return form(
    seat,
    read,
    name,
    html`${prepared}<label>${name === 'reply' ? word(seat, name) : html`<span class="hidden">${word(seat, name)}</span>`}${field}</label>${hint === undefined ? '' : html`<p class="small quiet">${hint}</p>`}${file}<button>${name === 'reply' ? t('Kirim', 'Send') : word(seat, name)}</button>`,
  )
}

function fieldOf({ house, language }: Seat, { ticket }: TicketRead, name: VerbName, words: string): Html {
  const { office } = house
  const options = (all: [string, string][]) =>
    html`<select name="words">${all.map(([value, label]) => html`<option value="${value}"${value === words ? html` selected` : ''}>${label}</option>`)}</select>`
  if (name === 'forward')
    return options(
      Object.entries(office.desks).flatMap(([id, desk]): [string, string][] =>
        id !== ticket.desk && mayGo(ticket, isRestrictedDesk(office, id)) ? [[id, desk.name]] : [],
      ),
    )
  if (name === 'decline')
    return options(Object.entries(REASONS).map(([id, reason]) => [id, reason[language]]))
  if (name === 'merge' || name === 'postpone')
    return html`<input name="words" required maxlength="300" value="${words}">`
  return html`<textarea name="words"${name === 'reply' ? '' : html` required`} maxlength="4000" rows="${name === 'reply' ? 5 : 3}">${words}</textarea>`
}

function elsewhereForm(seat: Seat, { ticket, lead }: TicketRead): Html {
  const { t } = seat
  if (lead !== undefined || ticket.closed_at !== null) return html``
  return html`<details><summary>${t('Teruskan ke SP4N-LAPOR!', 'Pass on to SP4N-LAPOR!')}</summary>
<p class="small">${t(
    'Masukkan laporan di lapor.go.id, lalu simpan nomor pelacakannya di sini. Pelapor diberi tahu nomor itu.',
    'Enter the report at lapor.go.id, then keep its tracking id here. The citizen is told it.',
  )}</p><form method="post" action="${linkTo(seat, `/tickets/${ticket.code}/elsewhere`)}">
<label>${t('Nomor pelacakan', 'Tracking id')}<input name="tracking" required pattern="[0-9A-Za-z\\-]{4,30}" maxlength="30"></label><button>${t('Simpan', 'Keep')}</button></form></details>`
}

/** Who sent it: with a reason that is written down, and for a confidential report with a second person's agreement. */
function openForm(seat: Seat, { read, second }: Parts): Html {
  const { t } = seat
  const { ticket } = read
  if (ticket.anonymous)
    return html`<p class="small quiet">${t('Pelapor anonim: identitasnya tidak disimpan di mana pun.', 'Anonymous: who sent it is kept nowhere.')}</p>`
  const waits = ticket.confidential && second === 'asked'
  return html`<details><summary>${t('Buka identitas dan data lengkap', 'Open identity and unmasked words')}</summary>
<p class="small">${
    ticket.confidential
      ? t(
          'Laporan rahasia: perlu persetujuan orang kedua. Alasan Anda dicatat.',
          'Confidential: a second person has to agree. Your reason is written down.',
        )
      : t('Alasan Anda dicatat.', 'Your reason is written down.')
  }</p>${waits ? html`<p class="small"><b>${t('Menunggu persetujuan orang kedua.', 'Waiting for a second person.')}</b></p>` : ''}
<form method="post" action="${linkTo(seat, `/tickets/${ticket.code}/open`)}"><label>${t('Alasan', 'Reason')}<input name="why" required minlength="8" maxlength="200"></label><button class="second">${
    ticket.confidential && second !== 'agreed'
      ? t('Minta persetujuan', 'Ask for agreement')
      : t('Buka', 'Open')
  }</button></form></details>`
}
