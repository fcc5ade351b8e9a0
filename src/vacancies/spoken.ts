import { formatDay } from '../offices/due-date.ts'
import { spokenMoment } from '../offices/spoken-moment.ts'
import type { Formation, Identified, SelectionKind } from '../records/listings.ts'

export type Language = 'id' | 'en'

export const KIND_NAMES: Record<SelectionKind, Record<Language, string>> = {
  cpns: { id: 'CPNS', en: 'CPNS' },
  pppk: { id: 'PPPK', en: 'PPPK' },
  other: { id: 'bukan ASN', en: 'not ASN' },
}

const FORMATION_NAMES: Record<Formation, Record<Language, string>> = {
  general: { id: 'umum', en: 'general' },
  honours: { id: 'cumlaude', en: 'cum laude' },
  disability: { id: 'penyandang disabilitas', en: 'people with a disability' },
  diaspora: { id: 'diaspora', en: 'diaspora' },
  papua: { id: 'putra/putri Papua', en: 'people of Papua' },
  kalimantan: { id: 'putra/putri Kalimantan', en: 'people of Kalimantan' },
  remote: { id: 'daerah tertinggal', en: 'remote areas' },
  special: { id: 'kebutuhan khusus', en: 'special' },
}

/** One line of a list: position, unit, kind, places, and when it closes by the office's own clock too. */
export function vacancyLine(
  vacancy: Identified<'vacancy'>,
  here: string,
  at: Date,
  language: Language,
): string {
  const { position, unit, kind, formation, places, opens_at, closes_at, zone } = vacancy
  const opens = new Date(opens_at)
  const isOpen = opens <= at
  const moment = spokenMoment(isOpen ? new Date(closes_at) : opens, zone, here, language)
  const when =
    language === 'id'
      ? `${isOpen ? 'tutup' : 'belum dibuka, mulai'} ${moment}`
      : `${isOpen ? 'closes' : 'not open yet, opens'} ${moment}`
  const count = language === 'id' ? `${places} formasi` : `${places} place(s)`
  // Whom a special formation is for decides more than anything else about it.
  const name = FORMATION_NAMES[formation][language]
  const only = formation === 'general' ? '' : language === 'id' ? `, formasi ${name}` : `, only ${name}`
  return `*${position}*, ${unit}; ${KIND_NAMES[kind][language]}${only}, ${count}; ${when}`
}

/** A vacancy on a button or in a numbered list. */
export function vacancyLabel({ position, unit }: Identified<'vacancy'>): string {
  return `${position} · ${unit}`
}

/** All that is known of a vacancy, with its source and day; amounts in rupiah. */
export function vacancyText(vacancy: Identified<'vacancy'>, here: string, language: Language): string {
  const id = language === 'id'
  const { kind, formation, education, age_min, age_max, zone } = vacancy
  const moment = (at: string) => spokenMoment(new Date(at), zone, here, language)
  const lines: (string | null)[] = [
    `*${vacancy.position}*`,
    `Unit: ${vacancy.unit}`,
    `${id ? 'Jenis' : 'Kind'}: ${KIND_NAMES[kind][language]}, ${id ? 'formasi' : 'for'} ${FORMATION_NAMES[formation][language]}`,
    `${id ? 'Jumlah' : 'Places'}: ${vacancy.places}`,
    `${id ? 'Pendidikan' : 'Education'}: ${education.join(id ? ' atau ' : ' or ')}`,
    row(id ? 'Usia' : 'Age', span(age_min, age_max, String, language), id ? ' tahun' : ''),
    row(id ? 'Gaji per bulan' : 'Pay a month', span(vacancy.pay_min, vacancy.pay_max, rupiah, language), ''),
    row(id ? 'Lokasi' : 'Place of work', vacancy.work_place, ''),
    `${id ? 'Dibuka' : 'Opens'}: ${moment(vacancy.opens_at)}`,
    `${id ? 'Ditutup' : 'Closes'}: ${moment(vacancy.closes_at)}`,
    `${id ? 'Cara mendaftar' : 'How to apply'}: ${vacancy.how_to_apply}`,
    row(id ? 'Pengumuman resmi' : 'Official announcement', vacancy.link, ''),
    sourceLine(vacancy, language),
  ]
  return lines.filter(line => line !== null).join('\n')
}

/** Where something was read, and when. */
export function sourceLine({ source, as_of }: { source: string; as_of: string }, language: Language): string {
  return language === 'id'
    ? `Sumber: ${source}, per ${formatDay(as_of, 'id')}.`
    : `Source: ${source}, as of ${formatDay(as_of, 'en')}.`
}

function row(name: string, value: string | null, unit: string): string | null {
  return value === null ? null : `${name}: ${value}${unit}`
}

function span(
  min: number | null,
  max: number | null,
  shown: (value: number) => string,
  language: Language,
): string | null {
  if (min !== null && max !== null) return min === max ? shown(min) : `${shown(min)}–${shown(max)}`
  if (max !== null) return `${language === 'id' ? 'paling tinggi' : 'up to'} ${shown(max)}`
  return min === null ? null : `${language === 'id' ? 'paling rendah' : 'from'} ${shown(min)}`
}

/** Rp5.000.000, as the rules of spelling have it. */
function rupiah(amount: number): string {
  return `Rp${String(amount).replace(/\B(?=(\d{3})+$)/g, '.')}`
}
