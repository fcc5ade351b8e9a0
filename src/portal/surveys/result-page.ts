import { html } from 'hono/html'
import type { Published } from '../../surveys/published.ts'
import { radar, trendLine } from '../../surveys/report/charts.ts'
import { elementTable } from '../../surveys/report/tables.ts'
import { comparisonText, conventionName, count, decimalComma, QUALITY } from '../../surveys/report/words.ts'

type Page = ReturnType<typeof html>

/** What an office's public may know of its surveys: the last published result, how it came about, and those before it. */
export function resultPage(
  office: { id: string; name: string },
  all: Published[],
  { css, example }: { css: string; example: boolean },
): Page {
  const [last, ...earlier] = all
  return html`<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Survei Kepuasan Masyarakat, ${office.name}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="${css}"></head><body>
<header class="cover"><h1>Survei Kepuasan Masyarakat</h1><p>${office.name}</p></header>
${example ? html`<p class="example">CONTOH: bukan kantor sungguhan, data contoh.</p>` : ''}
<main>${last === undefined ? html`<p>Belum ada hasil yang dipublikasikan.</p>` : resultOf(last)}
${
  earlier.length === 0
    ? ''
    : html`<h2>Hasil sebelumnya</h2><table><thead><tr><th>Periode</th><th class="n">Nilai</th><th>Mutu</th><th class="n">Responden</th></tr></thead><tbody>
${earlier.map(({ figures }) => html`<tr><td>${figures.period.name}</td><td class="n">${decimalComma(figures.result?.ikm ?? 0)}</td><td>${figures.result?.grade}</td><td class="n">${count(figures.respondents)}</td></tr>`)}</tbody></table>`
}</main>
<footer>Data terbuka: <a href="/${office.id}/data/skm.json">JSON</a>, <a href="/${office.id}/data/skm.csv">CSV</a>. <a href="/${office.id}">Kembali ke percakapan</a></footer></body></html>`
}

function resultOf({ figures, version, publishedAt }: Published): Page {
  const { result, index, period, respondents, partial, rate, asking, target, trend } = figures
  if (result === null) return html``
  return html`<h2>${period.name}</h2>
<p class="result">${index} <b>${decimalComma(result.ikm)}</b><br>mutu pelayanan <strong>${result.grade}</strong>, <strong>${QUALITY[result.grade]?.toLowerCase()}</strong></p>
<table><tbody><tr><th>Periode</th><td>${period.months}</td></tr>
<tr><th>Responden</th><td>${count(respondents)} lengkap, ${count(partial)} tidak lengkap dan tidak dihitung</td></tr>
<tr><th>Tingkat jawaban</th><td>${rate === null ? 'tidak ada undangan' : `${decimalComma(rate, 1)}% dari ${count(asking.invited)} undangan`}</td></tr>
<tr><th>Sampel minimal</th><td>${count(target)}${respondents < target ? ' (belum terpenuhi)' : ' (terpenuhi)'}</td></tr>
<tr><th>Penghitungan</th><td>${conventionName(figures)}</td></tr>
<tr><th>Dipublikasikan</th><td>${publishedAt.toISOString().slice(0, 10)}, versi ${version}</td></tr></tbody></table>
${elementTable(figures)}${radar(figures.elements)}
<p>${comparisonText(figures.compared)}</p>${trend.length < 2 ? '' : trendLine(trend)}`
}
