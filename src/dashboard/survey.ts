import { html } from 'hono/html'
import type { Html } from '../portal/look/frame.ts'
import { standOf } from '../records/second-person.ts'
import { type ElementFigures, type Figures, figuresOf } from '../surveys/figures.ts'
import { type Plan, plansOf } from '../surveys/plans.ts'
import { lastPublished } from '../surveys/published.ts'
import { reading } from '../surveys/reading.ts'
import { decimalComma } from '../surveys/report/words.ts'
import { type AskedSurvey, askedSurvey, noSurvey, periodsTo } from './asked-survey.ts'
import type { Seat } from './door.ts'
import { deskPage, linkTo } from './page.ts'
import { CONTENT, hasAny } from './rights.ts'
import { planForms, publishForm, servedForm } from './survey-forms.ts'

/** The figures of a period as they are now, and what the office makes of them. */
export async function surveyPage(seat: Seat, wrong?: string): Promise<Response> {
  const asked = askedSurvey(seat)
  if (asked === undefined) return noSurvey(seat)
  const { t, door, house, member, language, c } = seat
  const { instrument, period } = asked
  const where = { office: house.office.id, survey: instrument.survey, period: period.id }
  const on = door.db.pool
  const [figures, plans, published, second] = await Promise.all([
    reading(door.db, one => figuresOf(one, { office: house.office, instrument, period })),
    plansOf(on, where),
    lastPublished(on, house.office.id, instrument.survey, period.id),
    standOf(on, { what: 'publish', subject: `${instrument.survey} ${period.id}`, by: member.id }),
  ])
  const done = c.req.query('done')
  const said =
    wrong !== undefined
      ? { text: wrong, good: false }
      : done === undefined
        ? undefined
        : {
            text:
              done === 'asked'
                ? t(
                    'Diajukan. Sesudah orang kedua menyetujui di halaman Persetujuan, publikasikan dari sini dalam satu jam.',
                    'Asked. Once a second person has agreed on the page Agreements, publish it from here within the hour.',
                  )
                : t('Tersimpan.', 'Saved.'),
            good: true,
          }
  const answersFor = hasAny(member, CONTENT.answersForSurveys)
  return deskPage(
    seat,
    {
      title: instrument.title[language] ?? instrument.title.id,
      said,
      body: html`${periodForm(seat, asked)}${tiles(seat, figures)}
${figures.withheld ? html`<p class="quiet">${t('Kurang dari lima responden lengkap: angkanya tidak ditampilkan.', 'Fewer than five whole responses: no figures are shown.')}</p>` : elements(seat, asked, figures)}
${answersFor ? planForms(seat, asked, figures, plans) : plansShown(seat, figures, plans)}
${answersFor ? html`${servedForm(seat, asked, figures)}${publishForm(seat, asked, { figures, published, second })}${links(seat, asked)}` : ''}`,
    },
    wrong === undefined ? 200 : 422,
  )
}

function periodForm({ t }: Seat, { period, today }: AskedSurvey): Html {
  const known = periodsTo(today)
  const all = known.some(({ id }) => id === period.id) ? known : [period, ...known]
  return html`<form method="get" class="row"><label>${t('Periode', 'Period')}<select name="period">${all.map(({ id }) => html`<option value="${id}"${id === period.id ? html` selected` : ''}>${id}</option>`)}</select></label><button class="second">${t('Tampilkan', 'Show')}</button></form><p></p>`
}

function tiles({ t, language }: Seat, { result, index, respondents, partial, target, rate }: Figures): Html {
  const tile = (value: string, words: string) => html`<div class="tile"><b>${value}</b>${words}</div>`
  const number = (value: number, places: number) =>
    language === 'en' ? value.toFixed(places) : decimalComma(value, places)
  return html`<div class="tiles">${tile(result === null ? '–' : `${number(result.ikm, 2)} ${result.grade}`, index)}${tile(String(respondents), t('responden lengkap', 'whole responses'))}${tile(String(target), t('sampel minimal', 'sample needed'))}${tile(String(partial), t('tidak lengkap', 'not whole'))}${tile(rate === null ? '–' : `${number(rate, 1)}%`, t('tingkat jawaban', 'response rate'))}</div>`
}

function elements({ t, language }: Seat, { instrument }: AskedSurvey, figures: Figures): Html {
  const number = (value: number, places: number) =>
    language === 'en' ? value.toFixed(places) : decimalComma(value, places)
  const row = ({ element, name, printed, grade, counts }: ElementFigures) =>
    html`<tr><td>${instrument.elements[element]?.name[language] ?? name}</td><td class="number">${number(printed.average, 3)}</td><td class="number">${number(printed.converted, 2)}</td><td>${grade}</td><td class="code small">${counts.join(' · ')}</td></tr>`
  return html`<article><h2>${t('Tiap unsur', 'By element')}</h2><div class="scroll" tabindex="0"><table><thead><tr><th>${t('Unsur', 'Element')}</th><th class="number">${t('Rata-rata', 'Average')}</th><th class="number">× 25</th><th>${t('Mutu', 'Grade')}</th><th>${t('Nilai 1 · 2 · 3 · 4', 'Values 1 · 2 · 3 · 4')}</th></tr></thead><tbody>${figures.elements.map(row)}</tbody></table></div></article>`
}

function plansShown({ t }: Seat, { elements: all }: Figures, plans: Plan[]): Html {
  if (plans.length === 0) return html``
  const name = (element: string) => all.find(one => one.element === element)?.name ?? element
  return html`<article><h2>${t('Rencana tindak lanjut', 'What will be done')}</h2><dl class="facts">${plans.map(plan => html`<dt>${name(plan.element)}</dt><dd>${plan.programme} (${plan.time}, ${plan.charge})${plan.followUp === '' ? '' : html`<br>${plan.followUp}`}</dd>`)}</dl></article>`
}

function links(seat: Seat, { instrument, period }: AskedSurvey): Html {
  const { t, member } = seat
  const to = (path: string) => linkTo(seat, `/surveys/${instrument.survey}/${path}`)
  const file = (format: string) =>
    html`<a role="button" class="second" href="${to(`export?period=${period.id}&format=${format}`)}">${format.toUpperCase()}</a>`
  return html`<article><h2>${t('Laporan dan berkas', 'Report and files')}</h2><p class="row"><a role="button" href="${to(`report?period=${period.id}`)}">${t('Laporan untuk dicetak', 'Report to be printed')}</a>${hasAny(member, CONTENT.exportsSurveys) ? ['xlsx', 'csv', 'json'].map(file) : ''}</p>
<p class="small quiet">${t('Laporan memuat saran warga tanpa nama. Mengunduh berkas memerlukan kode dari ponsel dan dicatat.', 'The report holds suggestions of citizens, without names. Files take the code from your phone, and are logged.')}</p></article>`
}
