import { html } from 'hono/html'
import type { Instrument } from '../../conversation/instrument.ts'
import type { Figures } from '../figures.ts'
import type { Plan } from '../plans.ts'
import { LEAST } from '../small-groups.ts'
import type { SuggestionGroup } from '../suggestion-groups.ts'
import { type Drawn, distribution, radar, trendLine } from './charts.ts'
import { elementTable, groupTable } from './tables.ts'
import { comparisonText, conventionName, count, DIMENSIONS, decimalComma, QUALITY } from './words.ts'

/** Everything a report is made of. */
export type Report = {
  figures: Figures
  instrument: Instrument
  plans: Plan[]
  /** Those of the period before, with what became of them. */
  earlier: { period: string; plans: Plan[] }
  suggestions: { groups: SuggestionGroup[]; count: number; read: number }
  /** Nobody of that city has confirmed it. */
  example: boolean
}

const nameOf = ({ instrument }: Report, element: string) => instrument.elements[element]?.name.id ?? element

/** How many plans a report asks for. */
export const LOWEST = 3

export function introduction({ figures, instrument }: Report): Drawn {
  return html`<h2>I. Pendahuluan</h2>
<h3>Latar belakang</h3><p>Penyelenggara pelayanan publik wajib menanyakan kepuasan masyarakat secara berkala, sedikitnya sekali setahun, dan memakai hasilnya untuk memperbaiki pelayanan.</p>
<h3>Dasar</h3><p>${instrument.source}.</p>
<h3>Tujuan</h3><p>Mengetahui ${figures.index} ${figures.unit ?? figures.office.name} pada ${figures.period.name}, unsur yang perlu diperbaiki, dan tindak lanjutnya.</p>`
}

export function method({ figures, instrument }: Report): Drawn {
  const { asking, target, served, servedBy, respondents, partial, rate } = figures
  const short = respondents < target
  return html`<h2>II. Metode</h2>
<table><tbody>
<tr><th>Periode</th><td>${figures.period.months}</td></tr>
<tr><th>Kuesioner</th><td>${instrument.title.id}, ${Object.keys(instrument.elements).length} unsur, masing-masing empat jawaban bernilai 1 sampai 4</td></tr>
<tr><th>Cara mengisi</th><td>percakapan (Telegram, WhatsApp, web) sesudah laporan selesai atau lewat kode di loket; jawaban dipisahkan dari identitas saat itu juga</td></tr>
<tr><th>Responden</th><td>${count(respondents)} kuesioner lengkap; ${count(partial)} tidak lengkap, disimpan terpisah dan tidak dihitung</td></tr>
<tr><th>Sampel minimal</th><td>${count(target)} dari ${count(served)} orang (${servedBy === 'office' ? 'jumlah yang dilayani menurut kantor' : 'jumlah undangan, karena jumlah yang dilayani belum diisi'}; tabel Krejcie dan Morgan, taraf kesalahan 5%)</td></tr>
<tr><th>Tingkat jawaban</th><td>${rate === null ? 'belum ada undangan' : `${decimalComma(rate, 1)}% (${count(asking.answered)} dari ${count(asking.invited)} undangan; ${count(asking.refused)} menolak, ${count(asking.silent)} tidak menjawab)`}; ${count(asking.begun)} mulai mengisi, ${count(asking.stopped)} berhenti. Diam dan menolak tidak pernah dihitung sebagai nilai.</td></tr>
<tr><th>Penghitungan</th><td>${conventionName(figures)}</td></tr>
</tbody></table>
${short ? html`<p class="warn">Belum memenuhi sampel minimal: ${count(respondents)} dari ${count(target)} responden.</p>` : ''}`
}

export function respondents({ figures, instrument }: Report): Drawn {
  if (figures.withheld) return html``
  return html`<h2>III. Karakteristik responden</h2>
<p class="note">Pertanyaan tentang responden boleh dilewati. Kelompok dengan kurang dari ${LEAST} orang tidak ditampilkan, begitu pula yang dapat dihitung dari selisihnya.</p>
${figures.traits.map(({ trait, name, groups }) => {
  const answers = Object.entries(instrument.traits[trait]?.answers ?? {})
  const place = ({ name: one }: { name: string }) =>
    one === '' ? answers.length : answers.findIndex(([key]) => key === one)
  const names = Object.fromEntries(answers.map(([key, words]) => [key, words.id]))
  return groupTable(
    name,
    'trait',
    groups.toSorted((a, b) => place(a) - place(b)),
    figures.index,
    names,
  )
})}`
}

export function results({ figures }: Report): Drawn {
  const { result, index, elements } = figures
  if (result === null)
    return html`<h2>III. Hasil</h2><p class="warn">Kurang dari ${LEAST} orang mengisi: nilai tidak ditampilkan.</p>`
  return html`<h2>IV. Hasil</h2>
<p class="result">${index} <b>${decimalComma(result.ikm)}</b><br>mutu pelayanan <strong>${result.grade}</strong>, kinerja <strong>${QUALITY[result.grade]?.toLowerCase()}</strong><br><span class="note">${conventionName(figures)}<br>${count(figures.respondents)} responden (sampel minimal ${count(figures.target)}); tingkat jawaban ${figures.rate === null ? 'tanpa undangan' : `${decimalComma(figures.rate, 1)}%`}</span></p>
${elementTable(figures)}
<p class="note">Nilai tiap responden ada pada berkas CSV dan XLSX. Angka dihitung tanpa pembulatan; yang tampak dibulatkan setengah ke atas.</p>
<h3>Nilai rata-rata tiap unsur</h3>${radar(elements)}
<h3>Sebaran jawaban</h3>${distribution(elements)}
${figures.groups
  .filter(({ groups }) => groups.length > 1)
  .map(({ by, groups }) => groupTable(DIMENSIONS[by], by, groups, index))}
<p class="note">Nilai kantor dihitung dari semua responden bersama, bukan rata-rata nilai unit.</p>`
}

export function analysis(report: Report): Drawn {
  const { figures, suggestions } = report
  const { ranked } = figures
  if (ranked.length === 0) return html``
  const average = (element: string) => {
    const found = figures.elements.find(one => one.element === element)
    return `${nameOf(report, element)} (${decimalComma(found?.printed.average ?? 0, 3)})`
  }
  return html`<h2>V. Analisis</h2>
<p>Unsur terendah: ${ranked.slice(0, LOWEST).map(average).join('; ')}.<br>Unsur tertinggi: ${ranked.slice(-LOWEST).reverse().map(average).join('; ')}.</p>
<h3>Saran</h3>
${suggestions.count === 0 ? html`<p>Tidak ada saran.</p>` : html`<p class="note">${count(suggestions.count)} saran${suggestions.read < suggestions.count ? `, ${count(suggestions.read)} di antaranya dibaca` : ''}; dikelompokkan menurut kata yang sama. Nomor dan alamat disamarkan; mohon diperiksa sebelum disebarkan.</p>`}
${suggestions.groups.map(
  ({ word, count: n, examples }) =>
    html`<p><strong>${word === '' ? 'Lain-lain' : word}</strong> (${n})</p>${examples.map(text => html`<blockquote><bdi>${text}</bdi></blockquote>`)}`,
)}`
}

export function plan(report: Report): Drawn {
  const { figures, plans, earlier } = report
  const elements = [...new Set([...figures.ranked.slice(0, LOWEST), ...plans.map(({ element }) => element)])]
  const planOf = (element: string) => plans.find(one => one.element === element)
  return html`<h2>VI. Rencana tindak lanjut</h2>
<table class="plan"><thead><tr><th>Unsur</th><th>Program atau kegiatan</th><th>Waktu</th><th>Penanggung jawab</th></tr></thead><tbody>
${elements.map(element => {
  const one = planOf(element)
  return html`<tr><td>${nameOf(report, element)}</td><td>${one?.programme ?? ''}</td><td>${one?.time ?? ''}</td><td>${one?.charge ?? ''}</td></tr>`
})}</tbody></table>
<h3>Tindak lanjut ${earlier.period}</h3>
${
  earlier.plans.length === 0
    ? html`<p>Tidak ada rencana yang tercatat.</p>`
    : html`<table><thead><tr><th>Unsur</th><th>Rencana</th><th>Tindak lanjut</th></tr></thead><tbody>
${earlier.plans.map(one => html`<tr><td>${nameOf(report, one.element)}</td><td>${one.programme} (${one.time}, ${one.charge})</td><td>${one.followUp === '' ? 'belum dilaporkan' : one.followUp}</td></tr>`)}</tbody></table>`
}`
}

export function comparison({ figures }: Report): Drawn {
  return html`<h2>VII. Perbandingan</h2><p>${comparisonText(figures.compared)}</p>
${figures.trend.length < 2 ? '' : html`${trendLine(figures.trend)}<p class="note">Semua periode pada gambar dihitung dengan cara yang sama (${conventionName(figures)}).</p>`}`
}

export function conclusion(report: Report): Drawn {
  const { figures } = report
  const { result } = figures
  if (result === null) return html``
  const [lowest = ''] = figures.ranked
  return html`<h2>VIII. Kesimpulan</h2>
<p>${figures.index} ${figures.unit ?? figures.office.name} pada ${figures.period.name} adalah <strong>${decimalComma(result.ikm)}</strong> (${result.grade}, ${QUALITY[result.grade]?.toLowerCase()}). Yang paling perlu diperbaiki adalah ${nameOf(report, lowest)}.</p>`
}

export function questionnaire({ instrument }: Report): Drawn {
  return html`<h2>Lampiran: kuesioner</h2><table><thead><tr><th>Unsur</th><th>Pertanyaan</th><th>1</th><th>2</th><th>3</th><th>4</th></tr></thead><tbody>
${Object.values(instrument.elements).map(({ name, ask, answers }) => html`<tr><td>${name.id}</td><td>${ask.id}</td>${answers.map(words => html`<td>${words.id}</td>`)}</tr>`)}</tbody></table>`
}
