import { html } from 'hono/html'
import type { Html } from '../portal/look/frame.ts'
import type { Duty } from '../records/duties.ts'
import { wordingsOf } from '../records/wordings.ts'
import type { DeskRoute, Seat } from './door.ts'
import { cellOf, DAYS, figuresOfFlows } from './flow-figures.ts'
import { flowChart, showFlow } from './flow-page.ts'
import { inTongue } from './flow-words.ts'
import { deskPage, linkTo } from './page.ts'
import { tryPage } from './try-page.ts'

const WHO: readonly Duty[] = ['operator', 'supervisor', 'approver', 'administrator']

/** How citizens are talked with: the flows as words and as a chart, how far citizens come, and a trial of each. */
export const FLOWS: DeskRoute[] = [
  { method: 'get', path: '/flows', for: WHO, answer: showFlows },
  { method: 'get', path: '/flows/:flow', for: WHO, answer: showFlow },
  { method: 'get', path: '/flows/:flow/chart.svg', for: WHO, answer: flowChart },
  { method: 'get', path: '/flows/:flow/try', for: WHO, answer: tryPage },
  { method: 'post', path: '/flows/:flow/try', for: WHO, answer: tryPage },
]

async function showFlows(seat: Seat): Promise<Response> {
  const { t, door, house, language, c } = seat
  const [figureOf, wordings] = await Promise.all([
    figuresOfFlows(seat),
    wordingsOf(door.db.pool, house.office.id),
  ])
  const waiting = wordings.filter(({ status }) => status === 'waiting').length
  const flows = Object.values(house.book.flows)
  return deskPage(seat, {
    title: t('Alur percakapan', 'Conversation flows'),
    body: html`<p class="quiet">${t(
      `Angka ${DAYS} hari terakhir. Bintang: satu sampai empat orang, yang tidak ditampilkan.`,
      `Figures of the last ${DAYS} days. A star: one to four persons, which is not shown.`,
    )}</p>
${waiting === 0 ? '' : html`<p><a href="${linkTo(seat, '/wordings')}">${t(`${waiting} kalimat menunggu persetujuan`, `${waiting} sentences wait for agreement`)}</a></p>`}
${await checked(seat, c.req.query('check') !== undefined)}
<div class="scroll" tabindex="0"><table class="stack"><thead><tr><th>${t('Alur', 'Flow')}</th><th class="number">${t('Langkah', 'Steps')}</th><th class="number">${t('Sedang berjalan', 'Under way')}</th><th class="number">${t('Dibuka', 'Opened')}</th><th class="number">${t('Sampai akhir', 'Finished')}</th><th class="number">${t('Berhenti di tengah', 'Given up')}</th></tr></thead><tbody>
${flows.map(flow => {
  const { now, opened, finished, givenUp } = figureOf(flow.name)
  const href = linkTo(seat, `/flows/${flow.name}`)
  return html`<tr data-open="${href}"><td><a href="${href}">${inTongue(flow.title, language)}</a> <span class="small quiet">${flow.name}</span></td>
<td class="number">${flow.order.length}</td>${[now, opened, finished, givenUp].map(one => cellOf(seat, one))}</tr>`
})}</tbody></table></div>`,
  })
}

/** What flows:check says of the files on the server, which may be newer than what is served. */
async function checked(seat: Seat, isAsked: boolean): Promise<Html> {
  const { t, door } = seat
  if (!isAsked)
    return html`<form method="get" class="row"><button class="second" name="check" value="yes">${t('Periksa berkas alur di server', 'Check the flow files on the server')}</button></form>`
  const { lines, good } = await door.flows.check()
  const said = good
    ? t('Pemeriksa tidak menemukan masalah', 'The check finds nothing wrong')
    : t(
        `Pemeriksa menemukan ${lines.length} masalah. Yang berjalan tetap yang lama; perbaiki berkasnya, lalu muat ulang (SIGHUP).`,
        `The check finds ${lines.length} problems. What is served stays as it was; mend the files, then reload (SIGHUP).`,
      )
  return html`<article><p role="status" class="said-so ${good ? 'good' : 'bad'}">${said}</p><ul lang="en">${lines.map(line => html`<li class="small"><code>${line}</code></li>`)}</ul></article>`
}
