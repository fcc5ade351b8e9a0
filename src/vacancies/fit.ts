import { SELECTION_KINDS } from '../records/listings.ts'
import { ANY_FIELD, type Education } from './education.ts'
import type { Profile } from './profile.ts'
import type { Requirement } from './read-education.ts'

/** Why a vacancy does not fit somebody; one bit each. */
export const MISFITS = { kind: 1, age: 2, level: 4, words: 8, field: 16 } as const
export type Misfit = keyof typeof MISFITS

/** How far away each makes it: another kind of selection is nearer than another field. */
const FARNESS: Record<Misfit, number> = { kind: 2, age: 2, level: 3, words: 4, field: 5 }

/** How far away every set of misfits is, by its bits. */
export const FARNESS_OF: Uint8Array = Uint8Array.from({ length: 32 }, (_, bits) =>
  misfitsIn(bits).reduce((sum, misfit) => sum + FARNESS[misfit], 0),
)

export function misfitsIn(bits: number): Misfit[] {
  return (Object.keys(MISFITS) as Misfit[]).filter(misfit => bits & MISFITS[misfit])
}

/** How a profile's education stands to one requirement: it fits, its level does, or not even that. */
export const FITS = 2
export const LEVEL_FITS = 1
export const NOTHING_FITS = 0

/** What nobody told is taken to fit: it is asked for later, by those who decide. */
export function verdictOn(
  education: Education,
  { levels, fields }: Requirement,
  profile: Profile,
): 0 | 1 | 2 {
  const hasLevel =
    profile.levels.length === 0 ||
    profile.levels.some(own => levels.some(level => level === own || education.covers(level).includes(own)))
  if (!hasLevel) return NOTHING_FITS
  const hasField =
    fields.length === 0 ||
    profile.fields.length === 0 ||
    fields.some(field => field === ANY_FIELD || profile.fields.some(own => isField(education, own, field)))
  return hasField ? FITS : LEVEL_FITS
}

/** The field itself; a broader one that is asked for; or a narrower one of what was said only broadly. */
function isField({ within }: Education, own: string, asked: string): boolean {
  return own === asked || within(own).includes(asked) || within(asked).includes(own)
}

/** What a profile makes of one vacancy, as tables to look bits up in: a search asks this of each of fifty thousand. */
export type Sought = {
  /** By the kind's place in SELECTION_KINDS. */
  kindBits: Uint8Array
  /** By verdict. */
  verdictBits: Uint8Array
  /** In years; -1: nobody told, and everybody's fits. */
  age: number
  /** Of a vacancy that has none of the words. */
  wordsBits: number
}

export function soughtBy({ kind, age, words }: Profile): Sought {
  return {
    kindBits: Uint8Array.from(SELECTION_KINDS, one => (kind === null || kind === one ? 0 : MISFITS.kind)),
    verdictBits: Uint8Array.of(MISFITS.level, MISFITS.field, 0),
    age: age ?? -1,
    wordsBits: words.length > 0 ? MISFITS.words : 0,
  }
}

/** The bits of an age outside these bounds. */
export function ageBits(age: number, least: number, most: number): number {
  return age !== -1 && (age < least || age > most) ? MISFITS.age : 0
}
