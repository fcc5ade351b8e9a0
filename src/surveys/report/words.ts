import type { Compared, Figures } from '../figures.ts'

/** A number that is rounded already, as Indonesian reports write it: 88,31. */
export function decimalComma(value: number, places = 2): string {
  return value.toFixed(places).replace('.', ',')
}

/** 12.345 */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, '.')
}

export const QUALITY: Record<string, string> = {
  A: 'Sangat baik',
  B: 'Baik',
  C: 'Kurang baik',
  D: 'Tidak baik',
}

const CHANNELS: Record<string, string> = {
  telegram: 'Telegram',
  whatsapp: 'WhatsApp',
  'whatsapp-cloud': 'WhatsApp',
  web: 'Web',
  console: 'Terminal',
  paper: 'Kertas',
}

const SOURCES: Record<string, string> = {
  ticket: 'Undangan sesudah laporan selesai',
  visit: 'Kode di loket',
  announcement: 'Undangan lewat pengumuman',
  paper: 'Formulir kertas',
}

export const DIMENSIONS: Record<Figures['groups'][number]['by'], string> = {
  unit: 'Unit',
  service: 'Jenis pelayanan',
  channel: 'Kanal',
  source: 'Cara mengisi',
  month: 'Bulan',
}

/** What a group is called where it has a name of ours. */
export function groupName(by: string, name: string, monthNames: readonly string[]): string {
  if (name === '') return 'Tidak disebut'
  if (by === 'channel') return CHANNELS[name] ?? name
  if (by === 'source') return SOURCES[name] ?? name
  if (by === 'month') return `${monthNames[Number(name.slice(5, 7)) - 1]} ${name.slice(0, 4)}`
  return name
}

/** By which weight it was reckoned, and which grades hold: printed beside every index. */
export function conventionName({
  weight,
  rule,
  elements,
}: Pick<Figures, 'weight' | 'rule'> & { elements: unknown[] }): string {
  const of = weight === 'exact' ? `1/${elements.length || 'x'} (tanpa pembulatan)` : weight.replace('.', ',')
  const by = rule === '2017' ? 'PermenPANRB 14/2017' : 'KEP/25/M.PAN/2/2004'
  return `bobot tiap unsur ${of}; kategori mutu menurut ${by}`
}

/** How an index stands to one before it, or why the two are not set against each other. */
export function comparisonText(compared: Compared | null): string {
  if (compared === null) return 'Belum ada hasil periode sebelumnya yang dipublikasikan.'
  const mark = compared.final === false ? ' (dipublikasikan selagi berjalan, belum final)' : ''
  if ('refused' in compared) {
    const why = {
      weight: 'dihitung dengan bobot lain',
      rule: 'memakai kategori mutu lain',
      elements: 'menanyakan unsur lain',
    }
    return `Hasil ${compared.with}${mark} ${why[compared.refused]}, jadi tidak dibandingkan.`
  }
  const { difference } = compared
  const how = difference > 0 ? 'naik' : difference < 0 ? 'turun' : 'tetap'
  return `Dibandingkan ${compared.with}${mark === '' ? ' yang dipublikasikan' : mark}, nilai ${how}${difference === 0 ? '' : ` ${decimalComma(Math.abs(difference))} poin`}.`
}
