import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Office } from '../../offices/office.ts'
import { isFinal, type Published } from '../../surveys/published.ts'
import { radar, trendLine } from '../../surveys/report/charts.ts'
import { elementTable } from '../../surveys/report/tables.ts'
import { comparisonText, conventionName, count, decimalComma, QUALITY } from '../../surveys/report/words.ts'
import type { Html } from '../look/frame.ts'
import type { Tongue } from '../look/tongue.ts'
import { housePage } from '../pages/house-page.ts'

/** What an office's public may know of its surveys: the last published result, how it came about, and those before it. */
export function resultPage(
  c: Context,
  tongue: Tongue,
  office: Office,
  { all, example }: { all: Published[]; example: boolean },
): Response | Promise<Response> {
  const { t } = tongue
  const [last, ...earlier] = all
  return housePage(c, tongue, office, {
    title: t('Survei Kepuasan Masyarakat', 'Citizen satisfaction survey'),
    body: html`${example && !office.example ? html`<p class="said-so">${t('Contoh: bukan data sungguhan.', 'Example: no real data.')}</p>` : ''}
${last === undefined ? html`<p>${t('Belum ada hasil yang dipublikasikan.', 'Nothing has been published yet.')}</p>` : resultOf(last, tongue, office.zone)}
${earlier.length === 0 ? '' : earlierOnes(earlier, tongue, office.zone)}
<p><a href="/${office.id}/data/skm.json">JSON</a> · <a href="/${office.id}/data/skm.csv">CSV</a></p>`,
  })
}

function resultOf(one: Published, { t }: Tongue, zone: string): Html {
  const { figures, version, publishedAt } = one
  const final = isFinal(one, zone)
  const { result, index, period, respondents, partial, rate, asking, target, trend } = figures
  if (result === null) return html``
  const isEnough = respondents >= target
  const facts: [name: string, value: Html | string][] = [
    [t('Periode', 'Period'), period.months],
    [
      t('Responden', 'Respondents'),
      `${count(respondents)} ${t('lengkap', 'complete')}, ${count(partial)} ${t('tidak lengkap dan tidak dihitung', 'incomplete and not counted')}`,
    ],
    [
      t('Tingkat jawaban', 'Response rate'),
      rate === null
        ? t('tidak ada undangan', 'nobody was invited')
        : `${decimalComma(rate, 1)}% ${t(`dari ${count(asking.invited)} undangan`, `of ${count(asking.invited)} invitations`)}`,
    ],
    [
      t('Sampel minimal', 'Least sample'),
      `${count(target)} (${isEnough ? t('terpenuhi', 'reached') : t('belum terpenuhi', 'not reached')})`,
    ],
    [t('Penghitungan', 'Reckoned'), conventionName(figures)],
    [
      t('Dipublikasikan', 'Published'),
      `${publishedAt.toISOString().slice(0, 10)}, ${t('versi', 'version')} ${version}`,
    ],
  ]
  return html`<article><h2>${period.name}${final ? '' : notFinal(t)}</h2>${final ? '' : html`<p class="said-so">${t('Dihitung selagi periodenya masih berjalan: angkanya masih dapat berubah.', 'Reckoned while the period was still running: the figures can still change.')}</p>`}
<p class="figure">${index} <strong>${decimalComma(result.ikm)}</strong></p>
<p>${t('Mutu pelayanan', 'Grade of service')} <strong>${result.grade}</strong>, <span lang="id">${QUALITY[result.grade]?.toLowerCase()}</span></p></article>
<div class="scroll" tabindex="0"><table><tbody>${facts.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</tbody></table></div>
<h2>${t('Tiap unsur', 'Each element')}</h2>
<div class="scroll" tabindex="0" lang="id">${elementTable(figures)}</div>
<figure class="paper" lang="id">${radar(figures.elements)}</figure>
<p lang="id">${comparisonText(figures.compared)}</p>${trend.length < 2 ? '' : html`<figure class="paper" lang="id">${trendLine(trend)}</figure>`}`
}

function notFinal(t: Tongue['t']): string {
  return t(' (berjalan, belum final)', ' (running, not final)')
}

function earlierOnes(earlier: Published[], { t }: Tongue, zone: string): Html {
  return html`<h2>${t('Hasil sebelumnya', 'Earlier results')}</h2><div class="scroll" tabindex="0"><table><thead><tr><th>${t('Periode', 'Period')}</th><th class="number">${t('Nilai', 'Index')}</th><th>${t('Mutu', 'Grade')}</th><th class="number">${t('Responden', 'Respondents')}</th></tr></thead><tbody>
${earlier.map(one => row(one.figures, isFinal(one, zone) ? '' : notFinal(t)))}</tbody></table></div>`
}

function row({ period, result, respondents }: Published['figures'], mark: string): Html {
  return html`<tr><td>${period.name}${mark}</td><td class="number">${decimalComma(result?.ikm ?? 0)}</td><td>${result?.grade}</td><td class="number">${count(respondents)}</td></tr>`
}
