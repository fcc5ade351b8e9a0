import { html, raw } from 'hono/html'
import { shown } from '../../lib/clean-text.ts'
import {
  analysis,
  comparison,
  conclusion,
  introduction,
  method,
  plan,
  questionnaire,
  type Report,
  respondents,
  results,
} from './chapters.ts'
import { REPORT_CSS } from './style.ts'

/**
 * The report of a period, made for printing and cleaned for eyes; a browser's print makes a PDF of it. `css`: where its style is served, since our own pages
 * allow none inside; without it the style stands in the page, for a file that lies alone.
 */
export async function reportPage(report: Report, css?: string): Promise<string> {
  const { figures, instrument, example } = report
  const where = figures.unit === null ? figures.office.name : `${figures.unit}, ${figures.office.name}`
  const style =
    css === undefined ? html`<style>${raw(REPORT_CSS)}</style>` : html`<link rel="stylesheet" href="${css}">`
  const page = await html`<!doctype html>
<html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Laporan ${figures.index} ${figures.period.name}, ${where}</title><link rel="icon" href="data:,">${style}</head><body>
<header class="cover"><h1>Laporan ${instrument.title.id}</h1><p>${where}<br>${figures.period.name}</p></header>
<main>${example || instrument.example ? html`<p class="example">CONTOH: kantor, pertanyaan, atau data pada laporan ini contoh dan belum dikonfirmasi siapa pun.</p>` : ''}
${[introduction, method, respondents, results, analysis, plan, comparison, conclusion, questionnaire].map(chapter => chapter(report))}</main>
<footer>Disusun otomatis dari jawaban yang tersimpan tanpa identitas. Kuesioner: ${instrument.source} (${instrument.as_of}).</footer>
</body></html>`
  return shown(String(page))
}
