import { spokenMoment, spokenSpan } from '../offices/spoken-moment.ts'
import type { AgendaKind } from '../records/listings.ts'
import type { Item } from './agenda.ts'
import { type Language, sourceLine } from './spoken.ts'

const KIND_NAMES: Record<AgendaKind, Record<Language, string>> = {
  job_fair: { id: 'Bursa kerja', en: 'Job fair' },
  training: { id: 'Pelatihan', en: 'Training' },
  mobile_service: { id: 'Layanan keliling', en: 'Mobile service' },
  internship: { id: 'Magang', en: 'Internship' },
  workshop: { id: 'Lokakarya', en: 'Workshop' },
  other: { id: 'Kegiatan', en: 'Event' },
}

/** One line of a list; one that was cancelled says so. */
export function agendaLine(item: Item, km: number | undefined, language: Language): string {
  const { title, kind, venue, district, starts_at, ends_at, zone, withdrawn } = item
  const where = district === null ? venue : `${venue}, ${language === 'id' ? 'Kec.' : 'Kec.'} ${district}`
  const when = spokenSpan(new Date(starts_at), new Date(ends_at), zone, language)
  const cancelled =
    withdrawn === null ? '' : `${language === 'id' ? 'DIBATALKAN' : 'CANCELLED'} (${withdrawn}): `
  return `${cancelled}*${title}* (${KIND_NAMES[kind][language].toLowerCase()}); ${when}; ${where}${distance(km, language)}`
}

/** All that is known of an item. `taken`: how many of its places. */
export function agendaText(
  item: Item,
  at: { here: string; now: Date; taken: number; km: number | undefined },
  language: Language,
): string {
  const id = language === 'id'
  const { places, bring, latitude, longitude } = item
  const until = item.register_until ?? item.starts_at
  const free = places === null ? 0 : Math.max(0, places - at.taken)
  const lines: (string | null)[] = [
    item.withdrawn === null ? null : `*${id ? 'DIBATALKAN' : 'CANCELLED'}*: ${item.withdrawn}`,
    `*${item.title}*`,
    `${KIND_NAMES[item.kind][language]}`,
    item.about,
    `${id ? 'Waktu' : 'When'}: ${spokenSpan(new Date(item.starts_at), new Date(item.ends_at), item.zone, language)}`,
    `${id ? 'Tempat' : 'Where'}: ${item.venue}${item.district === null ? '' : `, Kec. ${item.district}`}${distance(at.km, language)}`,
    latitude === null || longitude === null
      ? null
      : `${id ? 'Peta' : 'Map'}: https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`,
    bring.length === 0 ? null : `${id ? 'Yang dibawa' : 'Bring'}: ${bring.join(', ')}`,
    places === null
      ? null
      : `${id ? 'Tempat tersedia' : 'Places left'}: ${free} ${id ? 'dari' : 'of'} ${places}; ${id ? 'daftar sampai' : 'register until'} ${spokenMoment(new Date(until), item.zone, at.here, language)}`,
    item.link === null ? null : `${id ? 'Selengkapnya' : 'More'}: ${item.link}`,
    sourceLine(item, language),
  ]
  return lines.filter(line => line !== null).join('\n')
}

/** Whether one may still register. */
export function takesRegistrations(item: Item, now: Date): boolean {
  const until = new Date(item.register_until ?? item.starts_at)
  return item.places !== null && item.withdrawn === null && now <= until
}

/** Recruitment too, whoever offers the work: its messages carry the warning. */
export function isRecruitment({ kind }: Item): boolean {
  return kind === 'job_fair' || kind === 'internship'
}

/** As the crow flies, so that nobody takes it for the way. */
function distance(km: number | undefined, language: Language): string {
  if (km === undefined) return ''
  const shown = km < 10 ? km.toFixed(1) : String(Math.round(km))
  return language === 'id'
    ? ` (± ${shown.replace('.', ',')} km garis lurus)`
    : ` (about ${shown} km in a straight line)`
}
