import { html } from 'hono/html'
import type { Instrument } from '../conversation/instrument.ts'
import { localTime } from '../lib/local-time.ts'
import type { Html } from '../portal/look/frame.ts'
import { checkInstrument, type InstrumentCheck } from '../surveys/instrument-checks.ts'
import { allPublished, isFinal } from '../surveys/published.ts'
import type { DeskRoute, Seat } from './door.ts'
import { deskPage, linkTo } from './page.ts'
import { POINTS } from './points.ts'
import { CONTENT } from './rights.ts'
import { surveyPage } from './survey.ts'
import { planDeed, publishDeed, servedDeed } from './survey-deeds.ts'
import { exportSurvey } from './survey-export.ts'
import { printedReport } from './survey-report.ts'

/** What citizens are asked, what they said in figures, and what the office makes of it. */
export const SURVEYS: DeskRoute[] = [
  { method: 'get', path: '/surveys', for: CONTENT.seesSurveys, answer: showSurveys },
  { method: 'get', path: '/surveys/:id', for: CONTENT.seesSurveys, answer: seat => surveyPage(seat) },
  { method: 'get', path: '/surveys/:id/report', for: CONTENT.answersForSurveys, answer: printedReport },
  {
    method: 'get',
    path: '/surveys/:id/export',
    for: CONTENT.exportsSurveys,
    proved: true,
    answer: exportSurvey,
  },
  { method: 'post', path: '/surveys/:id/plan', for: CONTENT.answersForSurveys, answer: planDeed },
  { method: 'post', path: '/surveys/:id/served', for: CONTENT.answersForSurveys, answer: servedDeed },
  { method: 'post', path: '/surveys/:id/publish', for: CONTENT.answersForSurveys, answer: publishDeed },
  ...POINTS,
]

async function showSurveys(seat: Seat): Promise<Response> {
  const { t, house } = seat
  // The national one first: it is the one an office has to publish.
  const all = Object.values(house.surveys).toSorted(
    (a, b) => Number(b.survey === 'skm') - Number(a.survey === 'skm'),
  )
  const cards = await Promise.all(all.map(instrument => card(seat, instrument)))
  return deskPage(seat, {
    title: t('Survei', 'Surveys'),
    body: html`<p class="row"><a role="button" class="second" href="${linkTo(seat, '/points')}">${t('Titik layanan dan lembar QR', 'Service points and QR sheets')}</a></p>
${cards.length === 0 ? html`<p class="quiet">${t('Belum ada survei yang dikonfirmasi untuk kantor ini.', 'No survey is confirmed for this office yet.')}</p>` : cards}`,
  })
}

async function card(seat: Seat, instrument: Instrument): Promise<Html> {
  const { t, language, house, door } = seat
  const { survey, title, index } = instrument
  const [last] = await allPublished(door.db.pool, house.office.id, survey)
  const checks = checkInstrument(instrument, house.office.languages)
  const published =
    last?.figures.result == null
      ? t('Belum ada hasil yang dipublikasikan.', 'No result is published yet.')
      : `${t('Terakhir dipublikasikan', 'Last published')}: ${last.period}, ${index} ${last.figures.result.ikm.toFixed(2)} (${last.figures.result.grade}), ${localTime(house.office.zone, last.publishedAt).slice(0, 10)}${isFinal(last, house.office.zone) ? '' : t(' (berjalan, belum final)', ' (running, not final)')}`
  return html`<article><h2><a href="${linkTo(seat, `/surveys/${survey}`)}">${title[language] ?? title.id}</a></h2>
<ul>${checks.map(check => html`<li>${checkTag(seat, check)} ${checkWords(seat, check)}</li>`)}</ul><p class="small quiet">${published}</p></article>`
}

function checkTag({ t }: Seat, { good }: InstrumentCheck): Html {
  return good
    ? html`<span class="tag good">${t('sesuai', 'fine')}</span>`
    : html`<span class="tag soon">${t('perhatikan', 'look')}</span>`
}

function checkWords({ t }: Seat, { what, good, found }: InstrumentCheck): string {
  switch (what) {
    case 'elements':
      return good
        ? t(`${found} unsur`, `${found} elements`)
        : t(`${found} unsur; formulir nasional mempunyai 9`, `${found} elements; the national form has 9`)
    case 'weight':
      return good
        ? t(`bobot ${found} tiap unsur`, `weight ${found} for each`)
        : t(`bobot ${found} tidak dibuat untuk sebanyak ini`, `the weight ${found} was not made for so many`)
    case 'languages':
      return good
        ? t(`lengkap dalam bahasa: ${found}`, `complete in: ${found}`)
        : t(`belum lengkap dalam bahasa: ${found}`, `not complete in: ${found}`)
    case 'confirmed':
      return good
        ? t(`dikonfirmasi; sumber ${found}`, `confirmed; from ${found}`)
        : t(
            `contoh, belum dikonfirmasi: tidak dapat dipublikasikan; sumber ${found}`,
            `an example nobody has confirmed: it is not published; from ${found}`,
          )
  }
}
