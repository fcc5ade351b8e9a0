import { html } from 'hono/html'
import { z } from 'zod'
import type { Flow, FlowBook } from '../conversation/flow.ts'
import { KNOWN_ACTIONS } from '../conversation/known-actions.ts'
import {
  MOST_TRIES,
  type Pretence,
  type Tried,
  type TriedLine,
  type Try,
  tryFlow,
} from '../conversation/try-flow.ts'
import { localTime } from '../lib/local-time.ts'
import { layWordings } from '../offices/wording.ts'
import type { Html } from '../portal/look/frame.ts'
import { wordingsOf } from '../records/wordings.ts'
import type { Seat } from './door.ts'
import { flowAsked, noSuchFlow } from './flow-page.ts'
import { inTongue } from './flow-words.ts'
import { deskPage, linkTo } from './page.ts'

const Tries = z
  .array(
    z.union([
      z.strictObject({ text: z.string().max(500) }),
      z.strictObject({ choice: z.string().max(200) }),
      z.strictObject({ sends: z.enum(['photo', 'document', 'location']) }),
      z.strictObject({ done: z.record(z.string(), z.string()) }),
      z.strictObject({ failed: z.string() }),
    ]),
  )
  .max(MOST_TRIES)

/** What a trial stands on. It travels in the form: nothing of it is stored, and nobody's conversation is touched. */
type Trial = { flow: Flow; speaks: string; tries: Try[]; wording: string }

/** A trial of a flow: the engine citizens talk with, and no house behind it. */
export async function tryPage(seat: Seat): Promise<Response> {
  const flow = flowAsked(seat)
  if (flow === undefined) return noSuchFlow(seat)
  const { form, c, house, door, language, t } = seat
  const given = (name: string) => form.of(name) || (c.req.query(name) ?? '')
  const { languages, zone } = house.office
  const speaks = [given('speaks'), language].find(one => languages.includes(one)) ?? 'id'
  const trial: Trial = { flow, speaks, tries: triesIn(seat), wording: given('with') }
  const book = await bookFor(seat, trial.wording)
  const day = localTime(zone, door.now()).slice(0, 10)
  const tried = tryFlow(book, KNOWN_ACTIONS, { flow: flow.name, language: speaks, day }, trial.tries)
  return deskPage(seat, {
    title: t(`Coba: ${inTongue(flow.title, 'id')}`, `Try: ${inTongue(flow.title, 'en')}`),
    body: html`<p class="example"><b>${t(
      'Ini percobaan. Tidak ada yang disimpan, tidak ada laporan yang dibuat, dan tidak ada petugas yang diberi tahu.',
      'This is a trial. Nothing is stored, no ticket is opened, and nobody is told.',
    )}</b></p>
${trial.wording === '' ? '' : html`<p class="small">${t('Dengan kalimat yang diusulkan.', 'With the sentence that is proposed.')}</p>`}
<article><ol class="talk">${tried.lines.map(line => shownLine(seat, line))}</ol></article>
<div id="now">${tried.waiting === 'nothing' ? over(seat) : next(seat, trial, tried)}</div>
${begin(seat, trial)}`,
  })
}

/** The sentences served now, with one that only waits. */
async function bookFor({ door, house }: Seat, wording: string): Promise<FlowBook> {
  if (wording === '') return house.book
  const all = await wordingsOf(door.db.pool, house.office.id)
  const filed = door.flows.filed(house.office.id)?.book ?? house.book
  const known = all.filter(({ status, id }) => status === 'agreed' || id === wording)
  // The one that waits is laid last, over an agreed one of the same place.
  return layWordings(
    filed,
    known.toSorted((a, b) => Number(a.id === wording) - Number(b.id === wording)),
  )
}

/** What was done so far, and what this form adds to it. Anything that is no trial begins anew. */
function triesIn({ form }: Seat): Try[] {
  const read = Tries.safeParse(jsonIn(form.of('tries')))
  const tries: Try[] = read.success ? read.data : []
  if (form.of('undo') !== '') return tries.slice(0, -1)
  const added = addedTry(form)
  return added === undefined ? tries : [...tries, added].slice(0, MOST_TRIES)
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text || '[]')
  } catch {
    return undefined
  }
}

function addedTry(form: Seat['form']): Try | undefined {
  const choice = form.of('choice')
  if (choice !== '') return { choice }
  const sends = (['photo', 'document', 'location'] as const).find(one => one === form.of('sends'))
  if (sends !== undefined) return { sends }
  const how = form.of('how')
  if (how === 'failed') return { failed: form.of('why') }
  if (how === 'done') {
    const fields = form.all('field').map((field, n): [string, string] => [field, form.all('value')[n] ?? ''])
    return { done: Object.fromEntries(fields) }
  }
  const text = form.of('text').slice(0, 500)
  return text === '' ? undefined : { text }
}

const SENDS: Record<NonNullable<Tried['sends']>, { id: string; en: string }> = {
  photo: { id: 'Kirim foto contoh', en: 'Send an example photo' },
  document: { id: 'Kirim dokumen contoh', en: 'Send an example document' },
  location: { id: 'Kirim lokasi contoh', en: 'Send an example place' },
}

/** Everything a form carries along. */
function carried({ speaks, tries, wording }: Trial): Html {
  return html`<input type="hidden" name="tries" value="${JSON.stringify(tries)}"><input type="hidden" name="speaks" value="${speaks}"><input type="hidden" name="with" value="${wording}">`
}

function next(seat: Seat, trial: Trial, tried: Tried): Html {
  const { t, language } = seat
  const action = linkTo(seat, `/flows/${trial.flow.name}/try#now`)
  if (trial.tries.length >= MOST_TRIES)
    return html`<p>${t('Percobaan ini sudah panjang. Mulai lagi.', 'This trial is long enough. Begin again.')}</p>`
  if (tried.pretend !== undefined) return pretence(seat, trial, tried.pretend, action)
  const undo =
    trial.tries.length === 0
      ? ''
      : html`<form method="post" action="${action}" class="row">${carried(trial)}<button name="undo" value="yes" class="second">${t('Batalkan yang terakhir', 'Take the last one back')}</button></form>`
  if (tried.waiting === 'staff')
    return html`<p>${t('Di sini petugas mengambil alih; percobaan selesai.', 'Here staff take over; the trial is over.')}</p>${undo}`
  return html`<form method="post" action="${action}">${carried(trial)}
${tried.options.length === 0 ? '' : html`<div class="row">${tried.options.map(({ id, label }) => html`<button name="choice" value="${id}" class="second">${label}</button>`)}</div>`}
${tried.sends === undefined ? '' : html`<div class="row"><button name="sends" value="${tried.sends}" class="second">${SENDS[tried.sends][language]}</button></div>`}</form>
<form method="post" action="${action}" class="row">${carried(trial)}<label class="grow">${t('Jawaban Anda', 'Your answer')}<input name="text" maxlength="500" autocomplete="off"></label><button>${t('Kirim', 'Send')}</button></form>${undo}`
}

/** Nothing is carried out, so somebody says how it would have gone. */
function pretence(seat: Seat, trial: Trial, { action: name, asks, fails }: Pretence, action: string): Html {
  const { t } = seat
  const other = t('(lainnya)', '(something else)')
  return html`<form method="post" action="${action}"><p><b>${t(
    `Tindakan “${name}” tidak dijalankan. Bagaimana hasilnya kita andaikan?`,
    `The action “${name}” is not carried out. How shall we suppose it went?`,
  )}</b></p>${carried(trial)}
<div class="row">${asks.map(
    ({ field, values }) =>
      html`<input type="hidden" name="field" value="${field}"><label>${field}<select name="value">${values.map(value => html`<option value="${value}">${value || t('(kosong)', '(empty)')}</option>`)}<option value="‹${field}›">${other}</option></select></label>`,
  )}<button name="how" value="done">${t('Berhasil', 'It went well')}</button></div>
<div class="row">${fails.length === 0 ? '' : html`<label>${t('Sebab gagal', 'Why it failed')}<select name="why">${fails.map(why => html`<option value="${why}">${why || t('(kosong)', '(empty)')}</option>`)}<option value="">${other}</option></select></label>`}
<button name="how" value="failed" class="second">${t('Gagal', 'It failed')}</button></div></form>`
}

function over({ t }: Seat): Html {
  return html`<p role="status">${t('Alur ini sudah selesai.', 'The flow has come to its end.')}</p>`
}

function begin(seat: Seat, { flow, speaks, wording }: Trial): Html {
  const { t, house } = seat
  return html`<form method="get" action="${linkTo(seat, `/flows/${flow.name}/try`)}" class="row">${wording === '' ? '' : html`<input type="hidden" name="with" value="${wording}">`}
<label>${t('Bahasa warga', "The citizen's language")}<select name="speaks">${house.office.languages.map(one => html`<option value="${one}"${one === speaks ? html` selected` : ''}>${one === 'id' ? 'Bahasa Indonesia' : one === 'en' ? 'English' : one}</option>`)}</select></label>
<button class="second">${t('Mulai lagi', 'Begin again')}</button>
<a href="${linkTo(seat, `/flows/${flow.name}`)}">${t('Kembali ke alur', 'Back to the flow')}</a></form>`
}

function shownLine({ t }: Seat, line: TriedLine): Html {
  if ('is' in line) return html`<li class="note"><span class="small">${happened(t, line)}</span></li>`
  return line.from === 'bot'
    ? html`<li class="office"><span class="small quiet">Bot</span><p class="words">${line.text}</p></li>`
    : html`<li><span class="small quiet">${t('Warga', 'Citizen')}</span><p class="words"><bdi>${line.text}</bdi></p></li>`
}

function happened(t: Seat['t'], line: Extract<TriedLine, { from: 'house' }>): Html {
  if (line.is === 'handover')
    return html`${t(`Diserahkan ke meja “${line.desk}” dengan catatan:`, `Handed over to desk “${line.desk}” with the note:`)} ${line.note}`
  if (line.is === 'closed')
    return html`${line.how === 'ended' ? t(`Alur “${line.flow}” selesai.`, `Flow “${line.flow}” has ended.`) : t(`Alur “${line.flow}” ditinggalkan.`, `Flow “${line.flow}” was left.`)}`
  const fields = Object.entries(line.with).filter(([, value]) => value !== '')
  return html`${t(`Tidak dijalankan: ${line.action}`, `Not carried out: ${line.action}`)}${fields.map(([field, value]) => html`<br>${field}: <bdi>${value}</bdi>`)}`
}
