import { splitWords } from '../knowledge/split-words.ts'
import type { Identified } from '../records/listings.ts'

export type Item = Identified<'agenda'>
export type Position = { latitude: number; longitude: number }

/** A place as an answer keeps it, `lat,lon`; undefined when it is words. */
export function positionIn(answer: string): Position | undefined {
  const [, latitude, longitude] = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)$/.exec(answer) ?? []
  return latitude === undefined ? undefined : { latitude: Number(latitude), longitude: Number(longitude) }
}

const EARTH_KM = 6371

/** Kilometres between two places on the globe; no road is shorter. */
export function distanceKm(one: Position, other: Position): number {
  const rad = (degrees: number) => (degrees * Math.PI) / 180
  const [lat, lon] = [rad(other.latitude - one.latitude), rad(other.longitude - one.longitude)]
  const h =
    Math.sin(lat / 2) ** 2 +
    Math.cos(rad(one.latitude)) * Math.cos(rad(other.latitude)) * Math.sin(lon / 2) ** 2
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** How far an item is; undefined where nobody wrote down its position. */
export function distanceTo({ latitude, longitude }: Item, from: Position | undefined): number | undefined {
  if (from === undefined || latitude === null || longitude === null) return undefined
  return distanceKm(from, { latitude, longitude })
}

/** Nearest to a position first, those without one last; else by their beginning. */
export function inOrderFrom(items: Item[], from: Position | undefined): Item[] {
  const far = (item: Item) => distanceTo(item, from) ?? Number.POSITIVE_INFINITY
  return items.toSorted((a, b) => {
    const [one, other] = from === undefined ? [0, 0] : [far(a), far(b)]
    return one === other ? (a.starts_at < b.starts_at ? -1 : 1) : one - other
  })
}

/** Words that belong to no place. */
const AROUND = new Set(
  'di ke kecamatan kec kelurahan kel desa dekat daerah sekitar in at near the minggu ini week this'.split(
    ' ',
  ),
)

/**
 * Items that name what was written: a kecamatan, a venue, a title. All of the words for choice, else as many as any item has; empty when
 * none has any.
 */
export function namedBy(items: Item[], written: string): Item[] {
  const words = splitWords(written).flatMap(({ raw }) => (AROUND.has(raw) ? [] : [raw]))
  if (words.length === 0) return items
  const counts = items.map(item => {
    const own = new Set(
      splitWords([item.title, item.venue, item.district ?? '', item.about ?? ''].join('\n')).map(
        ({ raw }) => raw,
      ),
    )
    return words.filter(word => own.has(word)).length
  })
  const most = Math.max(0, ...counts)
  return most === 0 ? [] : items.filter((_, n) => counts[n] === most)
}
