/**
 * What an office makes known, as it is kept: the content of a row of `listing_changes`, by column name. Moments are ISO 8601 in UTC
 * with milliseconds, so that the same moment is always written alike; days are the office's.
 */

/** What is common to all of them. */
type Listed = {
  source: string
  /** The day it was read at its source. */
  as_of: string
  link: string | null
  /** Who let it be shown; null: nobody is shown it yet. */
  approved_by: string | null
  /** Why it was withdrawn or cancelled; null while it stands. */
  withdrawn: string | null
}

export const SELECTION_KINDS = ['cpns', 'pppk', 'other'] as const
export type SelectionKind = (typeof SELECTION_KINDS)[number]

/** Kinds of formation; whom one is for stands in the announcement. */
export const FORMATIONS = [
  'general',
  'honours',
  'disability',
  'diaspora',
  'papua',
  'kalimantan',
  'remote',
  'special',
] as const
export type Formation = (typeof FORMATIONS)[number]

/** What is done in a stage, in the order of a selection (domain.md §3.2). */
export const STAGES = [
  'announcement',
  'registration',
  'administration',
  'objection',
  'objection_answer',
  'skd',
  'skb',
  'integration',
  'result',
  'final_objection',
  'drh',
  'nip',
  'appointment',
] as const
export type StageKind = (typeof STAGES)[number]

export const AGENDA_KINDS = [
  'job_fair',
  'training',
  'mobile_service',
  'internship',
  'workshop',
  'other',
] as const
export type AgendaKind = (typeof AGENDA_KINDS)[number]

export type Round = Listed & { name: string; kind: SelectionKind; year: number }

export type Stage = Listed & {
  round: string
  place: number
  kind: StageKind
  name: string
  starts_at: string
  /** The last moment it lasts. */
  ends_at: string
  zone: string
  to_do: string
}

export type Vacancy = Listed & {
  round: string | null
  position: string
  unit: string
  kind: SelectionKind
  formation: Formation
  /** As the announcement has them: "S-1 Hukum"; one of them is enough. */
  education: string[]
  places: number
  age_min: number | null
  age_max: number | null
  /** Rupiah a month. */
  pay_min: number | null
  pay_max: number | null
  work_place: string | null
  opens_at: string
  /** The last moment somebody can apply. */
  closes_at: string
  zone: string
  how_to_apply: string
}

const FIELD_KINDS = ['text', 'number', 'phone'] as const
/** One question to those who register. */
export type FormField = { name: string; ask: string; kind: (typeof FIELD_KINDS)[number] }
export type Form = FormField[]

export type AgendaItem = Listed & {
  kind: AgendaKind
  title: string
  about: string | null
  venue: string
  district: string | null
  latitude: number | null
  longitude: number | null
  starts_at: string
  ends_at: string
  zone: string
  bring: string[]
  /** How many may register with us; null: nobody has to. */
  places: number | null
  register_until: string | null
  form: Form | null
}

/** Each kind of listing and its content. */
export type Contents = { round: Round; stage: Stage; vacancy: Vacancy; agenda: AgendaItem }
export type ListingKind = keyof Contents

/** A listing by its id. */
export type Identified<K extends ListingKind> = Contents[K] & { id: string }

/** The table and the columns of each kind, beside office, id and version. */
export const TABLES: Record<ListingKind, { table: string; columns: string[] }> = {
  round: { table: 'rounds', columns: ['name', 'kind', 'year'] },
  stage: {
    table: 'stages',
    columns: ['round', 'place', 'kind', 'name', 'starts_at', 'ends_at', 'zone', 'to_do'],
  },
  vacancy: {
    table: 'vacancies',
    columns: [
      'round',
      'position',
      'unit',
      'kind',
      'formation',
      'education',
      'places',
      'age_min',
      'age_max',
      'pay_min',
      'pay_max',
      'work_place',
      'opens_at',
      'closes_at',
      'zone',
      'how_to_apply',
    ],
  },
  agenda: {
    table: 'agenda_items',
    columns: [
      'kind',
      'title',
      'about',
      'venue',
      'district',
      'latitude',
      'longitude',
      'starts_at',
      'ends_at',
      'zone',
      'bring',
      'places',
      'register_until',
      'form',
    ],
  },
}

/** The columns every listing has. */
export const LISTED = ['source', 'as_of', 'link', 'approved_by', 'withdrawn']
