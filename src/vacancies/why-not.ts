import type { Vacancy } from '../records/listings.ts'
import type { Education } from './education.ts'
import { type Misfit, misfitsIn } from './fit.ts'
import type { Profile } from './profile.ts'
import { KIND_NAMES } from './spoken.ts'

type Language = 'id' | 'en'

/** Why a vacancy does not fit what somebody said, in words: what it asks, and what was said. Never more than that. */
export function whyNot(
  education: Education,
  vacancy: Vacancy,
  profile: Profile,
  misfits: number,
  language: Language,
): string[] {
  return misfitsIn(misfits).map(misfit => REASONS[misfit](vacancy, profile, education)[language])
}

type Reason = (vacancy: Vacancy, profile: Profile, education: Education) => Record<Language, string>

const REASONS: Record<Misfit, Reason> = {
  kind: ({ kind }, profile) => ({
    id: `jenisnya ${KIND_NAMES[kind].id}, yang dicari ${KIND_NAMES[profile.kind ?? kind].id}`,
    en: `it is ${KIND_NAMES[kind].en}, you look for ${KIND_NAMES[profile.kind ?? kind].en}`,
  }),
  age: ({ age_min, age_max }, { age }) => ({
    id: `usia yang diminta ${bounds(age_min, age_max, 'id')}, yang disebut ${age} tahun`,
    en: `it asks for an age of ${bounds(age_min, age_max, 'en')}, you said ${age}`,
  }),
  level: ({ education: asked }, { levels }, { levelName }) => ({
    id: `pendidikan yang diminta ${asked.join(' atau ')}, yang disebut ${levels.map(levelName).join(' dan ')}`,
    en: `it asks for ${asked.join(' or ')}, you said ${levels.map(levelName).join(' and ')}`,
  }),
  field: ({ education: asked }, { fields }, { fieldName }) => ({
    id: `jurusan yang diminta ${asked.join(' atau ')}, yang disebut ${fields.map(fieldName).join(' dan ')}`,
    en: `it asks for ${asked.join(' or ')}, you said ${fields.map(fieldName).join(' and ')}`,
  }),
  words: (_, { words }) => ({
    id: `pengumumannya tidak menyebut ${words.map(quoted).join(' atau ')}`,
    en: `its announcement does not mention ${words.map(quoted).join(' or ')}`,
  }),
}

function bounds(min: number | null, max: number | null, language: Language): string {
  if (min !== null && max !== null) return language === 'id' ? `${min}–${max} tahun` : `${min} to ${max}`
  if (max !== null) return language === 'id' ? `paling tinggi ${max} tahun` : `${max} at most`
  return language === 'id' ? `paling rendah ${min} tahun` : `${min} at least`
}

function quoted(word: string): string {
  return `"${word}"`
}

/** What was understood of a search, so that the citizen can see it: "S-1, Hukum, usia 27". */
export function understood(education: Education, profile: Profile, language: Language): string {
  const parts = [
    ...profile.levels.map(education.levelName),
    ...profile.fields.map(education.fieldName),
    ...(profile.kind === null ? [] : [KIND_NAMES[profile.kind][language]]),
    ...(profile.age === null ? [] : [language === 'id' ? `usia ${profile.age}` : `age ${profile.age}`]),
    ...profile.words.map(quoted),
  ]
  return parts.join(', ')
}
