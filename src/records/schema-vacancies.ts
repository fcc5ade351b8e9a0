import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  date,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, bytes } from './schema-columns.ts'

/** What every listing has: rounds, stages, vacancies and agenda items are changed, approved and taken back alike. */
const listed = {
  office: text().notNull(),
  /** The office's own name for it, by which a second import finds it again. */
  id: text().notNull(),
  /** Counts its changes from 1; the change of that number in `listing_changes` is what stands here. */
  version: integer().notNull(),
  /** Where the official word stands, and the day it was read there. */
  source: text().notNull(),
  asOf: date('as_of').notNull(),
  link: text(),
  /** Who let it be shown; null: nobody is shown it yet. */
  approvedBy: text('approved_by'),
  /** Why it was withdrawn or cancelled; null while it stands. */
  withdrawn: text(),
}

/** A selection: CPNS or PPPK of one year. */
export const rounds = pgTable(
  'rounds',
  {
    ...listed,
    name: text().notNull(),
    /** 'cpns', 'pppk' or 'other'. */
    kind: text().notNull(),
    year: smallint().notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.id] })],
)

/** A step of a selection, from announcement to appointment, with its dates. */
export const stages = pgTable(
  'stages',
  {
    ...listed,
    round: text().notNull(),
    /** Its place among the stages of its round. */
    place: smallint().notNull(),
    /** What is done in it: 'registration', 'objection', … (STAGES in `listings.ts`). */
    kind: text().notNull(),
    name: text().notNull(),
    startsAt: at('starts_at').notNull(),
    /** The last moment it lasts. */
    endsAt: at('ends_at').notNull(),
    /** IANA name: how the source wrote the times. */
    zone: text().notNull(),
    /** What whoever takes part has to do in it. */
    toDo: text('to_do').notNull(),
  },
  t => [
    primaryKey({ columns: [t.office, t.id] }),
    foreignKey({ columns: [t.office, t.round], foreignColumns: [rounds.office, rounds.id] }),
    index('stages_of').on(t.office, t.round, t.place),
    check('stages_in_order', sql`${t.startsAt} <= ${t.endsAt}`),
  ],
)

/** A formation offered: one row of an office's announcement. */
export const vacancies = pgTable(
  'vacancies',
  {
    ...listed,
    /** The selection it belongs to, where there is one. */
    round: text(),
    position: text().notNull(),
    unit: text().notNull(),
    /** 'cpns', 'pppk' or 'other'. */
    kind: text().notNull(),
    /** 'general', 'disability', 'honours', … (FORMATIONS in `listings.ts`). */
    formation: text().notNull(),
    /** Each as the announcement has it: "S-1 Hukum"; one of them is enough. */
    education: text().array().notNull(),
    places: integer().notNull(),
    ageMin: smallint('age_min'),
    ageMax: smallint('age_max'),
    /** Rupiah a month. */
    payMin: bigint('pay_min', { mode: 'number' }),
    payMax: bigint('pay_max', { mode: 'number' }),
    workPlace: text('work_place'),
    opensAt: at('opens_at').notNull(),
    /** The last moment somebody can apply. */
    closesAt: at('closes_at').notNull(),
    zone: text().notNull(),
    howToApply: text('how_to_apply').notNull(),
  },
  t => [
    primaryKey({ columns: [t.office, t.id] }),
    index('vacancies_open').on(t.office, t.closesAt).where(sql`${t.withdrawn} is null`),
    check('vacancies_in_order', sql`${t.opensAt} < ${t.closesAt}`),
    check('vacancies_places', sql`${t.places} > 0`),
  ],
)

/** Something with a place and a time: job fair, training, layanan keliling. */
export const agendaItems = pgTable(
  'agenda_items',
  {
    ...listed,
    /** 'job_fair', 'training', 'mobile_service', … (AGENDA_KINDS in `listings.ts`). */
    kind: text().notNull(),
    title: text().notNull(),
    /** What is done or served there. */
    about: text(),
    venue: text().notNull(),
    /** Kecamatan. */
    district: text(),
    latitude: doublePrecision(),
    longitude: doublePrecision(),
    startsAt: at('starts_at').notNull(),
    endsAt: at('ends_at').notNull(),
    zone: text().notNull(),
    /** What to bring, one thing a part. */
    bring: text().array().notNull(),
    /** How many may register with us; null: nobody has to. */
    places: integer(),
    /** The last moment one can register; null: when it begins. */
    registerUntil: at('register_until'),
    /** What is asked of those who register, as data (`Form` in `listings.ts`); only ever what the item needs. */
    form: jsonb(),
  },
  t => [
    primaryKey({ columns: [t.office, t.id] }),
    index('agenda_items_next').on(t.office, t.endsAt),
    check('agenda_items_in_order', sql`${t.startsAt} < ${t.endsAt}`),
    check('agenda_items_places', sql`${t.places} > 0`),
  ],
)

/** Every version of every listing, in order: written in the transaction that changes it, and never overwritten. */
export const listingChanges = pgTable(
  'listing_changes',
  {
    /** Rises in the order of commits, since whoever writes here holds a lock: who knows one number knows all below. */
    number: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    office: text().notNull(),
    /** 'round', 'stage', 'vacancy' or 'agenda'. */
    kind: text().notNull(),
    listingId: text('listing_id').notNull(),
    version: integer().notNull(),
    /** The whole listing as it was then, by column; moments as ISO 8601 in UTC. */
    content: jsonb().notNull(),
    /** Which columns are other than in the version before; all of them in the first. */
    changed: text().array().notNull(),
    /** A person's name, or what did it: `import`, `example`. */
    changedBy: text('changed_by').notNull(),
    changedAt: at('changed_at').notNull(),
  },
  t => [
    uniqueIndex('listing_changes_once').on(t.office, t.kind, t.listingId, t.version),
    index('listing_changes_of_office').on(t.office, t.number),
  ],
)

/** Who wants to come to an agenda item. Their answers are sealed under the row's own key. */
export const registrations = pgTable(
  'registrations',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    agenda: text().notNull(),
    conversationId: uuid('conversation_id').notNull(),
    /** In order of registering at that item: shown to the citizen, and the order of the waiting list. */
    number: integer().notNull(),
    /** 'confirmed', 'waiting' or 'cancelled' (then nothing is kept of the answers). */
    status: text().notNull(),
    wrappedKey: bytes('wrapped_key'),
    answers: bytes(),
    registeredAt: at('registered_at').notNull(),
    changedAt: at('changed_at').notNull(),
  },
  t => [
    foreignKey({ columns: [t.office, t.agenda], foreignColumns: [agendaItems.office, agendaItems.id] }),
    uniqueIndex('registrations_number').on(t.office, t.agenda, t.number),
    uniqueIndex('registrations_once')
      .on(t.office, t.agenda, t.conversationId)
      .where(sql`${t.status} <> 'cancelled'`),
    index('registrations_of').on(t.conversationId),
  ],
)
