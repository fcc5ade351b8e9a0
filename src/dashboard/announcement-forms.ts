import { randomUUID } from 'node:crypto'
import { html } from 'hono/html'
import { WORDS_MAX } from '../desk/announcement-words.ts'
import { audienceText, KIND_WORDS, kindName, STAGE_WORDS } from '../desk/read-audience.ts'
import type { Html } from '../portal/look/frame.ts'
import type { ListedVersion } from '../records/announcement-list.ts'
import { ANY, TOPICS } from '../records/audience.ts'
import type { Seat } from './door.ts'
import { linkTo } from './page.ts'
import { CONTENT, hasAny } from './rights.ts'

/** For whom, what, and when: everything a second person then looks at. */
export function draftForm(seat: Seat): Html {
  const { t, form, language } = seat
  const option = (value: string, words: string, chosen: string) =>
    html`<option value="${value}"${value === chosen ? html` selected` : ''}>${words}</option>`
  const line = (name: string, label: string, hint: string) =>
    html`<label class="grow">${label}<input name="${name}" value="${form.of(name)}" maxlength="80" placeholder="${hint}"></label>`
  return html`<form method="post" action="${linkTo(seat, '/announcements/new')}"><input type="hidden" name="key" value="${randomUUID()}">
<fieldset><legend>${t('Untuk siapa: hanya warga yang memintanya', 'For whom: those alone who asked for it')}</legend><div class="row">
<label>${t('Topik', 'Topic')}<select name="topic">${TOPICS.map(topic => option(topic, audienceText({ ...ANY, topic }, language), form.of('topic')))}</select></label>
<label>${t('Jenis', 'Kind')}<select name="kind">${option('', t('semua', 'any'), form.of('kind'))}${Object.keys(KIND_WORDS).map(one => option(one, kindName(one, language), form.of('kind')))}</select></label>
<label>${t('Tahap', 'Stage')}<select name="stage">${option('', t('semua', 'any'), form.of('stage'))}${Object.entries(STAGE_WORDS).map(([one, [word = one]]) => option(one, word, form.of('stage')))}</select></label></div>
<div class="row">${line('education', t('Pendidikan (lowongan)', 'Education (vacancies)'), 'S1 Hukum')}${line('place', t('Tempat (lowongan, agenda)', 'Place (vacancies, events)'), 'Medan Kota')}</div></fieldset>
${wordsFields(seat)}
${timeField(seat, t('Kirim pada (boleh dikosongkan: ditentukan sesudah disetujui)', 'Send at (may be left empty: said after it is approved)'))}
<p class="small quiet">${t('Belum ada yang dikirim: orang lain menyetujuinya dahulu.', 'Nothing is sent by this: somebody else approves it first.')}</p>
<button>${t('Susun dan lihat pratinjau', 'Draft, and see the preview')}</button></form>`
}

function wordsFields({ t, form }: Seat, words: { id: string; en?: string } = { id: '' }): Html {
  const [id, en] = [form.of('id') || words.id, form.of('en') || (words.en ?? '')]
  return html`<label>${t('Kata-katanya', 'The words, in Indonesian')}<textarea name="id" rows="6" required minlength="20" maxlength="${WORDS_MAX}">${id}</textarea></label>
<label>${t('Bahasa Inggris (boleh kosong)', 'In English (may be empty)')}<textarea name="en" rows="3" maxlength="${WORDS_MAX}">${en}</textarea></label>`
}

function timeField({ form, house }: Seat, label: string): Html {
  return html`<label>${label} <span class="small quiet">${house.office.zone}</span><input type="datetime-local" name="time" value="${form.of('time')}"></label>`
}

/** What can be done with a version as it stands, by whom it may be done. */
export function announcementForms(seat: Seat, version: ListedVersion, kept: boolean): Html {
  const { t, member } = seat
  const { status, about, draftedById, code } = version
  const post = (deed: string, body: Html) =>
    html`<form method="post" action="${linkTo(seat, `/announcements/${code}/${deed}`)}"><input type="hidden" name="key" value="${randomUUID()}">${body}</form>`
  const isOver = status === 'done' || status === 'stopped'
  const approve =
    status !== 'draft' || !hasAny(member, CONTENT.agreesToAnnounce)
      ? ''
      : draftedById === member.id
        ? html`<p class="small quiet">${t('Anda menyusunnya sendiri: orang lain yang menyetujui.', 'You drafted it: somebody else approves it.')}</p>`
        : post('approve', html`<button>${t('Setujui', 'Approve')}</button>`)
  const send =
    status !== 'approved' || !hasAny(member, CONTENT.sends)
      ? ''
      : html`${post('send', html`<button>${t('Kirim sekarang', 'Send now')}</button>`)}${post('send', html`<div class="row">${timeField(seat, t('Atau kirim pada', 'Or send at'))}<button class="second">${t('Tentukan waktunya', 'Set the time')}</button></div>`)}`
  const stop =
    isOver || !hasAny(member, CONTENT.sends)
      ? ''
      : post('stop', html`<button class="second">${t('Hentikan', 'Stop')}</button>`)
  const correct = !hasAny(member, CONTENT.announces)
    ? ''
    : about !== null
      ? html`<p class="small quiet">${t('Mengikuti data lowongan atau agenda: ubah di sana, ralatnya terkirim sendiri.', 'It follows the data of vacancies or events: change it there, and the correction goes out by itself.')}</p>`
      : html`<details${kept ? html` open` : ''}><summary>${t('Koreksi', 'Correct')}</summary><p class="small">${t('Menyusun versi berikutnya. Versi ini langsung berhenti dikirim; yang telah menerimanya mendapat ralat sesudah disetujui.', 'Drafts the next version. This one stops being sent at once; who had it gets the correction once it is approved.')}</p>${post('correct', html`${wordsFields(seat, version.words)}${timeField(seat, t('Kirim pada (boleh kosong)', 'Send at (may be empty)'))}<button>${t('Susun koreksi', 'Draft the correction')}</button>`)}</details>`
  return html`<div class="row">${approve}${send}${stop}</div>${correct}`
}
