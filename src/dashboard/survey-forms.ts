import { html } from 'hono/html'
import type { Html } from '../portal/look/frame.ts'
import type { Figures } from '../surveys/figures.ts'
import { hasEnded } from '../surveys/period.ts'
import type { Plan } from '../surveys/plans.ts'
import { isFinal, type Published } from '../surveys/published.ts'
import { LOWEST } from '../surveys/report/chapters.ts'
import type { AskedSurvey } from './asked-survey.ts'
import type { Seat } from './door.ts'
import { linkTo } from './page.ts'

/** A form about the survey and the period that are looked at. */
function about(seat: Seat, { instrument, period }: AskedSurvey, deed: string, body: Html): Html {
  return html`<form method="post" action="${linkTo(seat, `/surveys/${instrument.survey}/${deed}`)}"><input type="hidden" name="period" value="${period.id}">${body}</form>`
}

/** Rencana tindak lanjut of the lowest elements, and of those somebody planned something for; then what became of it. */
export function planForms(seat: Seat, asked: AskedSurvey, figures: Figures, plans: Plan[]): Html {
  const { t } = seat
  const wanted = [...new Set([...figures.ranked.slice(0, LOWEST), ...plans.map(({ element }) => element)])]
  if (wanted.length === 0) return html``
  return html`<article><h2>${t('Rencana tindak lanjut', 'What will be done')}</h2><p class="small quiet">${t('Untuk tiga unsur terendah: program, waktu, dan penanggung jawab (jabatan, bukan nama).', 'For the three lowest elements: programme, time, and who is in charge (a function, not a name).')}</p>
${wanted.map(element =>
  planForm(
    seat,
    asked,
    element,
    plans.find(plan => plan.element === element),
  ),
)}</article>`
}

function planForm(seat: Seat, asked: AskedSurvey, element: string, plan: Plan | undefined): Html {
  const { t, form, language } = seat
  const words = asked.instrument.elements[element]?.name
  const name = words?.[language] ?? words?.id ?? element
  const isRefused = form.of('element') === element
  const field = (of: 'programme' | 'time' | 'charge', label: string) =>
    html`<label>${label}<input name="${of}" value="${isRefused ? form.of(of) : (plan?.[of] ?? '')}" required maxlength="300"></label>`
  return html`<details${plan === undefined ? html` open` : ''}><summary>${name}${plan === undefined ? '' : html` <span class="tag good">${t('direncanakan', 'planned')}</span>`}</summary>
${about(seat, asked, 'plan', html`<input type="hidden" name="element" value="${element}"><div class="fields">${field('programme', t('Program atau kegiatan', 'Programme'))}${field('time', t('Waktu', 'Time'))}${field('charge', t('Penanggung jawab', 'In charge'))}</div><button>${t('Simpan rencana', 'Save the plan')}</button>`)}
${plan === undefined ? '' : about(seat, asked, 'plan', html`<input type="hidden" name="element" value="${element}"><label>${t('Yang sudah dikerjakan', 'What became of it')}<textarea name="followUp" rows="2" required maxlength="1000">${plan.followUp}</textarea></label><button class="second">${t('Simpan tindak lanjut', 'Save what was done')}</button>`)}</details>`
}

export function servedForm(seat: Seat, asked: AskedSurvey, { served, servedBy }: Figures): Html {
  const { t } = seat
  return html`<article><h2>${t('Yang dilayani', 'People served')}</h2><p class="small quiet">${t('Menentukan sampel minimal. Tanpa isian dipakai jumlah undangan.', 'Decides the sample needed. Without it the number of invitations is taken.')}</p>
${about(seat, asked, 'served', html`<div class="row"><label>${t('Jumlah orang pada periode ini', 'People in this period')}<input name="served" inputmode="numeric" pattern="[0-9]{1,8}" required value="${servedBy === 'office' ? served : ''}"></label><button class="second">${t('Simpan', 'Save')}</button></div>`)}</article>`
}

type Publishing = { figures: Figures; published: Published | undefined; second: 'none' | 'asked' | 'agreed' }

/** For good: what is published stays as it is, and a second time is a second version. It takes two. */
export function publishForm(
  seat: Seat,
  asked: AskedSurvey,
  { figures, published, second }: Publishing,
): Html {
  const { t, form, house } = seat
  const { instrument, period, today } = asked
  const final = published === undefined || isFinal(published, house.office.zone)
  const stands =
    published === undefined
      ? t('Belum dipublikasikan.', 'Not published.')
      : t(
          `Dipublikasikan ${published.publishedAt.toISOString().slice(0, 10)}, versi ${published.version}.`,
          `Published on ${published.publishedAt.toISOString().slice(0, 10)}, version ${published.version}.`,
        )
  const head = html`<h2>${t('Publikasi', 'Publishing')}</h2><p class="small">${stands} ${final ? '' : t('Saat itu periodenya masih berjalan.', 'The period was still running then.')} ${published === undefined ? '' : html`<a href="/${house.office.id}/skm">${t('Halaman umum', 'The public page')}</a>`}</p>`
  if (instrument.example)
    return html`<article>${head}<p class="small quiet">${t('Pertanyaannya contoh yang belum dikonfirmasi: tidak dipublikasikan.', 'Its questions are an example nobody has confirmed: it is not published.')}</p></article>`
  if (figures.withheld) return html`<article>${head}</article>`
  if (second === 'asked')
    return html`<article>${head}<p><b>${t('Menunggu persetujuan orang kedua.', 'Waiting for a second person.')}</b></p></article>`
  const tick = hasEnded(period, today)
    ? ''
    : html`<label class="tick"><input type="checkbox" name="running" value="yes" required> ${t(`${period.id} belum berakhir. Publikasikan sebagai hasil sementara; halaman umum menyebutnya “berjalan, belum final”.`, `${period.id} is not over. Publish it as not final; the public page says “running, not final”.`)}</label>`
  const body =
    second === 'agreed'
      ? html`<button>${t(`Publikasikan ${period.id}`, `Publish ${period.id}`)}</button>`
      : html`<div class="row"><label class="grow">${t('Alasan', 'Reason')}<input name="why" required minlength="8" maxlength="200" value="${form.of('why')}"></label><button class="second">${t('Minta persetujuan orang kedua', 'Ask a second person')}</button></div>`
  return html`<article>${head}<p class="small quiet">${t('Yang dipublikasikan tetap seperti itu; memperbaikinya berarti versi berikutnya.', 'What is published stays as it is; mending it is a further version.')}</p>${about(seat, asked, 'publish', html`${tick}${body}`)}</article>`
}
