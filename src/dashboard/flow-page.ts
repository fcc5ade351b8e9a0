import { html } from 'hono/html'
import { chartOf } from '../conversation/chart.ts'
import type { Flow } from '../conversation/flow.ts'
import { own } from '../conversation/plain.ts'
import { drawGraph } from '../lib/graphviz.ts'
import { isWordable, OF_HOUSE, placesOf, wordsAt } from '../offices/wording.ts'
import type { Html } from '../portal/look/frame.ts'
import type { Seat } from './door.ts'
import { WRITERS } from './duty-words.ts'
import { cellOf, figuresOfSteps, type StepFigure } from './flow-figures.ts'
import { inTongue, isWaitedAt, KEY_WORDS, KIND_WORDS, notesOf } from './flow-words.ts'
import { deskPage, linkTo } from './page.ts'

/** The flow an address names; undefined when the office has none of that name. */
export function flowAsked({ c, house }: Seat): Flow | undefined {
  return own(house.book.flows, c.req.param('flow') ?? '')
}

export function noSuchFlow(seat: Seat): Response | Promise<Response> {
  const { t } = seat
  const body = html`<p><a href="${linkTo(seat, '/flows')}">${t('Ke daftar alur', 'To the list of flows')}</a></p>`
  return deskPage(seat, { title: t('Alur itu tidak ada', 'There is no such flow'), body }, 404)
}

/** One flow: its picture, and its steps as words, with how many stand there and give up there. */
export async function showFlow(seat: Seat): Promise<Response> {
  const flow = flowAsked(seat)
  if (flow === undefined) return noSuchFlow(seat)
  const { t, language } = seat
  const figureOf = await figuresOfSteps(seat, flow.name)
  const picture = linkTo(seat, `/flows/${flow.name}/chart.svg?v=${flow.version}-${language}`)
  return deskPage(seat, {
    title: inTongue(flow.title, language),
    body: html`<p class="row"><a role="button" href="${linkTo(seat, `/flows/${flow.name}/try`)}">${t('Coba alur ini', 'Try this flow')}</a>
<a href="${linkTo(seat, '/flows')}">${t('Semua alur', 'All flows')}</a>
<span class="small quiet">${flow.name} · ${t('versi', 'version')} ${flow.version}</span></p>
${flow.opens.length === 0 ? '' : html`<p class="small">${t('Dibuka dengan kata', 'Opened by the words')}: ${flow.opens.join(' · ')}</p>`}
<details><summary>${t('Bagan', 'Chart')}</summary><p><a href="${picture}">${t('Buka bagan sendiri', 'Open the chart by itself')}</a></p>
<div class="scroll" tabindex="0"><img class="flow" loading="lazy" src="${picture}" alt="${t('Bagan alur; langkah yang sama tertulis di bawah.', 'Chart of the flow; the same steps are written below.')}"></div></details>
<details><summary>${t('Judul dan nama jawaban', 'Title, and what answers are called')}</summary>${['title', ...Object.keys(flow.labels).map(label => `labels.${label}`)].map(place => sentence(seat, flow.name, place))}</details>
<div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>${t('Langkah', 'Step')}</th><th class="number">${t('Di sini sekarang', 'Here now')}</th><th class="number">${t('Sampai di sini', 'Came here')}</th><th class="number">${t('Berhenti di sini', 'Gave up here')}</th></tr></thead><tbody>
${flow.order.map(name => stepRow(seat, flow, name, figureOf(name)))}</tbody></table></div>
<p class="small quiet">${t(
      'Angka 30 hari terakhir; bintang: satu sampai empat orang, yang tidak ditampilkan. Langkah yang tidak menunggu jawaban tidak dihitung.',
      'Figures of the last 30 days; a star: one to four persons, which is not shown. Steps that wait for no answer are not counted.',
    )}</p>`,
  })
}

function stepRow(seat: Seat, flow: Flow, name: string, figure: StepFigure): Html {
  const { language } = seat
  const step = own(flow.steps, name)
  if (step === undefined) return html``
  const cells = [figure.now, figure.reached, figure.givenUp]
  return html`<tr id="${name}"><td><b>${name}</b> <span class="tag">${KIND_WORDS[step.kind][language]}</span>
${placesOf(name, step).map(place => sentence(seat, flow.name, place))}
<p class="small quiet">${notesOf(flow, name, step, seat).join(' · ')}</p></td>${cells.map(one => (isWaitedAt(step) ? cellOf(seat, one) : html`<td class="number">–</td>`))}</tr>`
}

/** A sentence with what it is for, and a way to propose another one where the office may. */
export function sentence(seat: Seat, flow: string, place: string): Html {
  const { house, language, t, member } = seat
  const words = wordsAt(house.book, { flow, place })
  if (words === undefined) return html``
  const what = flow === OF_HOUSE ? undefined : KEY_WORDS[place.split('.')[2] ?? '']
  const href = linkTo(seat, `/wordings/${flow}/${place}`)
  return html`<p class="words">${what === undefined ? '' : html`<span class="small quiet">${what[language]}: </span>`}${inTongue(words, language)}</p>${
    isWordable(house, flow) && WRITERS.some(duty => member.duties.includes(duty))
      ? html`<p class="small"><a href="${href}">${t('Usulkan kalimat lain', 'Propose another sentence')}<span class="hidden"> (${place})</span></a></p>`
      : ''
  }`
}

/** Pictures of flows, by version and language: a flow of forty steps takes some milliseconds to lay out. */
const pictures = new Map<string, string>()
const MOST_PICTURES = 200

/** The flow as a picture. Its address names the version, so that a browser may keep it; nothing in it is anybody's. */
export async function flowChart(seat: Seat): Promise<Response> {
  const flow = flowAsked(seat)
  if (flow === undefined) return noSuchFlow(seat)
  const { c, language } = seat
  const key = `${flow.version} ${language}`
  const picture = pictures.get(key) ?? (await drawGraph(chartOf(flow, language)))
  if (pictures.size >= MOST_PICTURES) pictures.clear()
  pictures.set(key, picture)
  return c.body(picture, 200, {
    'Content-Type': 'image/svg+xml; charset=utf-8',
    'Cache-Control': 'private, max-age=86400',
  })
}
