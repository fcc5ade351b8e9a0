import { html } from 'hono/html'
import type { Html } from '../portal/look/frame.ts'
import type { Charge } from '../records/prices.ts'
import type { Seat } from './door.ts'

/** Meta's kinds of messages; another stands in its own word. */
const KINDS: Record<string, { id: string; en: string }> = {
  service: { id: 'jawaban dalam percakapan', en: 'answers in a conversation' },
  utility: { id: 'pemberitahuan layanan', en: 'notices of a service' },
  marketing: { id: 'pengumuman', en: 'announcements' },
  authentication: { id: 'kode masuk', en: 'sign-in codes' },
}

/** What platforms count and charge for, by month: numbers of messages, since nobody but the platform's own bill knows the sums. */
export function chargeTable({ t, language }: Seat, charges: readonly Charge[]): Html | '' {
  if (charges.length === 0) return ''
  return html`<article><h2>${t('Pesan yang dihitung Meta', 'Messages Meta counts')}</h2>
<p class="small quiet">${t(
    'Jumlah pesan menurut Meta, 12 bulan terakhir; rupiahnya ada pada tagihan Meta.',
    'Numbers of messages as Meta tells them, the last 12 months; the sums stand in its bill.',
  )}</p>
<div class="scroll" tabindex="0"><table><thead><tr><th>${t('Bulan', 'Month')}</th><th>${t('Jenis', 'Kind')}</th><th class="number">${t('Ditagih', 'Charged')}</th><th class="number">${t('Gratis', 'Free')}</th></tr></thead><tbody>
${charges.map(
  ({ month, category, charged, free }) =>
    html`<tr><td>${month}</td><td>${KINDS[category]?.[language] ?? category}</td><td class="number">${charged}</td><td class="number">${free}</td></tr>`,
)}</tbody></table></div></article>`
}
