import { asWritten } from '../conversation/as-written.ts'
import { spokenMoment } from '../offices/spoken-moment.ts'
import type { Contents } from '../records/listings.ts'
import { audienceText } from './read-audience.ts'

/** What is told of by itself when it changes. */
export type ToldKind = 'vacancy' | 'stage' | 'agenda'
export type Told<K extends ToldKind = ToldKind> = { [Kind in K]: { kind: Kind; content: Contents[Kind] } }[K]

type Name = { id: string; en: string }

/** Parts of a listing as citizens call them, in the order they are told. What is not here is the office's own business. */
export const TOLD_PARTS: Record<ToldKind, Record<string, Name>> = {
  vacancy: {
    position: { id: 'Jabatan', en: 'Position' },
    kind: { id: 'Jenis', en: 'Kind' },
    round: { id: 'Seleksi', en: 'Selection' },
    formation: { id: 'Formasi', en: 'Formation' },
    unit: { id: 'Unit kerja', en: 'Unit' },
    work_place: { id: 'Penempatan', en: 'Place of work' },
    education: { id: 'Pendidikan', en: 'Education' },
    places: { id: 'Jumlah', en: 'Places' },
    age_min: { id: 'Usia paling rendah', en: 'Lowest age' },
    age_max: { id: 'Usia paling tinggi', en: 'Highest age' },
    pay_min: { id: 'Penghasilan mulai', en: 'Pay from' },
    pay_max: { id: 'Penghasilan sampai', en: 'Pay up to' },
    opens_at: { id: 'Dibuka', en: 'Opens' },
    closes_at: { id: 'Ditutup', en: 'Closes' },
    zone: { id: 'Zona waktu', en: 'Time zone' },
    how_to_apply: { id: 'Cara melamar', en: 'How to apply' },
    link: { id: 'Keterangan resmi', en: 'Official page' },
    source: { id: 'Sumber', en: 'Source' },
  },
  stage: {
    name: { id: 'Tahap', en: 'Stage' },
    round: { id: 'Seleksi', en: 'Selection' },
    kind: { id: 'Jenis tahap', en: 'Kind of stage' },
    place: { id: 'Urutan', en: 'Order' },
    starts_at: { id: 'Mulai', en: 'Begins' },
    ends_at: { id: 'Berakhir', en: 'Ends' },
    zone: { id: 'Zona waktu', en: 'Time zone' },
    to_do: { id: 'Yang perlu dilakukan', en: 'What to do' },
    link: { id: 'Keterangan resmi', en: 'Official page' },
    source: { id: 'Sumber', en: 'Source' },
  },
  agenda: {
    title: { id: 'Acara', en: 'Event' },
    kind: { id: 'Jenis', en: 'Kind' },
    about: { id: 'Isi', en: 'About' },
    venue: { id: 'Tempat', en: 'Venue' },
    district: { id: 'Kecamatan', en: 'District' },
    latitude: { id: 'Garis lintang', en: 'Latitude' },
    longitude: { id: 'Garis bujur', en: 'Longitude' },
    starts_at: { id: 'Mulai', en: 'Begins' },
    ends_at: { id: 'Selesai', en: 'Ends' },
    zone: { id: 'Zona waktu', en: 'Time zone' },
    bring: { id: 'Yang dibawa', en: 'Bring' },
    places: { id: 'Kuota', en: 'Places' },
    register_until: { id: 'Daftar sampai', en: 'Register until' },
    link: { id: 'Keterangan resmi', en: 'Official page' },
    source: { id: 'Sumber', en: 'Source' },
  },
}

const HEADS: Record<ToldKind, Name> = {
  vacancy: { id: 'Lowongan', en: 'Vacancy' },
  stage: { id: 'Tahapan seleksi', en: 'Selection stage' },
  agenda: { id: 'Agenda', en: 'Event' },
}

/** What a listing is called. */
export function titleOf({ kind, content }: Told): string {
  if (kind === 'vacancy') return content.position
  return kind === 'stage' ? content.name : content.title
}

/** A listing that is new: all that citizens need of it. */
export function newListing(told: Told, language: 'id' | 'en'): string {
  const lines = Object.entries(TOLD_PARTS[told.kind]).flatMap(([part, name]) => {
    const value = spokenPart(told, part, language)
    return value === '' || HIDDEN.has(part) ? [] : [`${name[language]}: ${value}`]
  })
  const head = language === 'en' ? `New: ${HEADS[told.kind].en}` : `${HEADS[told.kind].id} baru`
  return [`*${head}*`, ...lines].join('\n')
}

/** Named with what they belong to, or of no use to read. */
const HIDDEN = new Set(['round', 'zone', 'latitude', 'longitude', 'place', 'formation'])

/** What has changed between two versions, each part as it was and as it is. */
export function changedListing(before: Told, now: Told, language: 'id' | 'en'): string {
  const english = language === 'en'
  const lines = partsChanged(before, now).map(part => {
    const name = TOLD_PARTS[now.kind][part]?.[language] ?? part
    const [was, is] = [before, now].map(one => spokenPart(one, part, language) || '–')
    return english ? `• ${name}: before ${was}, now ${is}` : `• ${name}: sebelumnya ${was}, sekarang ${is}`
  })
  const head = `*${HEADS[now.kind][language]}: ${asWritten(titleOf(now))}*`
  return [head, english ? 'What has changed:' : 'Yang berubah:', ...lines].join('\n')
}

/** A listing that stands no more, and why. */
export function withdrawnListing(told: Told, language: 'id' | 'en'): string {
  const why = told.content.withdrawn
  const head = `*${HEADS[told.kind][language]}: ${asWritten(titleOf(told))}*`
  const gone = language === 'en' ? 'This has been withdrawn' : 'Ini dibatalkan atau ditarik'
  return `${head}\n${gone}${why === null ? '' : `: ${asWritten(why)}`}.`
}

/** Parts citizens are told of that differ, by name. */
export function partsChanged(before: Told, now: Told): string[] {
  return Object.keys(TOLD_PARTS[now.kind]).filter(
    part => JSON.stringify(rawOf(before, part)) !== JSON.stringify(rawOf(now, part)),
  )
}

function rawOf({ content }: Told, part: string): unknown {
  return (content as Record<string, unknown>)[part]
}

function spokenPart(told: Told, part: string, language: 'id' | 'en'): string {
  const raw = rawOf(told, part)
  if (raw === null || raw === undefined) return ''
  if (/_at$|_until$/.test(part))
    return spokenMoment(new Date(String(raw)), told.content.zone, told.content.zone, language)
  if (part === 'pay_min' || part === 'pay_max') return `Rp${String(raw).replace(/\B(?=(\d{3})+$)/g, '.')}`
  if (part === 'kind' && told.kind !== 'stage')
    return audienceText(
      { topic: told.kind, kind: String(raw), education: [], stage: '', place: '' },
      language,
    )
  return asWritten(Array.isArray(raw) ? raw.join(', ') : String(raw))
}
