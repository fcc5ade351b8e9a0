import { sql } from 'drizzle-orm'
import {
  boolean,
  date,
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

/** A place where people are served: its code stands on a sheet there, and is no secret. */
export const surveyPoints = pgTable('survey_points', {
  code: text().primaryKey(),
  office: text().notNull(),
  survey: text().notNull(),
  unit: text().notNull(),
  /** What is done for people there; with several the citizen says which. */
  services: text().array().notNull(),
  /** So many responses a day are taken: whoever has the sheet could send any number. */
  perDay: integer('per_day').notNull(),
  used: integer().notNull().default(0),
  usedOn: date('used_on'),
  closedOn: date('closed_on'),
})

/**
 * Somebody asked for their opinion. Whether it was answered does not stand here: until it is over, an answered one looks like an
 * unanswered one.
 */
export const surveyInvitations = pgTable(
  'survey_invitations',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    survey: text().notNull(),
    conversationId: uuid('conversation_id').notNull(),
    /** The report it is about, until it is over. */
    ticketId: uuid('ticket_id'),
    /** Keyed hash of what it is about: nobody is invited twice for the same. */
    occasion: bytes().notNull(),
    /** 'ticket' or 'announcement'. */
    source: text().notNull(),
    unit: text().notNull(),
    service: text().notNull(),
    /** 'waiting', 'sent', 'reminded', 'refused' or 'over'. */
    status: text().notNull(),
    /** When to send, remind, or end it. */
    dueAt: at('due_at').notNull(),
    overAt: at('over_at').notNull(),
    madeAt: at('made_at').notNull(),
  },
  t => [
    uniqueIndex('survey_invitations_once').on(t.occasion),
    index('survey_invitations_of').on(t.conversationId, t.survey),
    index('survey_invitations_due').on(t.dueAt).where(sql`${t.status} in ('waiting', 'sent', 'reminded')`),
  ],
)

/** What was answered, as keyed hashes of the invitation, or of citizen, counter and day: each once. Nobody without the key can tell which. */
export const surveyAnswered = pgTable('survey_answered', {
  hash: bytes().primaryKey(),
  keptUntil: date('kept_until').notNull(),
})

/** A survey being answered: all of it sealed, since it still belongs to somebody. */
export const surveyDrafts = pgTable(
  'survey_drafts',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    survey: text().notNull(),
    conversationId: uuid('conversation_id').notNull(),
    wrappedKey: bytes('wrapped_key').notNull(),
    sealed: bytes().notNull(),
    notedAt: at('noted_at').notNull(),
  },
  t => [
    uniqueIndex('survey_drafts_of').on(t.conversationId, t.survey),
    index('survey_drafts_noted').on(t.notedAt),
  ],
)

/**
 * The ledger: one row a response, and nothing in it that leads to who gave it. A trigger refuses any change. Rows are put in
 * anew in another order whenever one is added, so that their order tells nothing either.
 */
export const surveyResponses = pgTable(
  'survey_responses',
  {
    /** By chance; says nothing of when. */
    id: uuid().primaryKey(),
    office: text().notNull(),
    survey: text().notNull(),
    /** The instrument as it was: its elements, in the order of `values`. */
    version: text().notNull(),
    /** The first day of its month: a day or an hour beside a citizen's last message would tell who it was. */
    month: date().notNull(),
    /** 'ticket', 'visit', 'announcement' or 'paper'. */
    source: text().notNull(),
    channel: text().notNull(),
    unit: text().notNull(),
    service: text().notNull(),
    /** What they told of themselves, by trait; a trait that was skipped is not there. */
    traits: jsonb().notNull(),
    /** Every element was answered. Others are kept apart and counted, and make no index. */
    whole: boolean().notNull(),
    /** 1 to 4 for each element; null where none was given. */
    values: smallint().array().notNull(),
    /**
     * For each value what made it: the hash of one inbound message under a key that is thrown away two days later, or of a row of an
     * imported file.
     */
    madeBy: bytes('made_by').array().notNull(),
  },
  t => [index('survey_responses_of').on(t.office, t.survey, t.month, t.id)],
)

/** What people suggest, apart from what they answered: who can be known by their words is not known by their values. */
export const surveySuggestions = pgTable(
  'survey_suggestions',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    survey: text().notNull(),
    month: date().notNull(),
    unit: text().notNull(),
    service: text().notNull(),
    sealed: bytes().notNull(),
  },
  t => [index('survey_suggestions_of').on(t.office, t.survey, t.month, t.id)],
)

/** Data keys of surveys: one for each month's suggestions, and one for each day's pointers until it is thrown away. */
export const surveyKeys = pgTable(
  'survey_keys',
  {
    /** 'suggestions' or 'pointers'. */
    purpose: text().notNull(),
    office: text().notNull(),
    day: date().notNull(),
    wrappedKey: bytes('wrapped_key').notNull(),
    keptUntil: date('kept_until'),
  },
  t => [primaryKey({ columns: [t.purpose, t.office, t.day] })],
)

/** Every instrument something was ever answered by, under the hash of what it asks: an old answer can be read against its questions. */
export const surveyVersions = pgTable('survey_versions', {
  version: text().primaryKey(),
  survey: text().notNull(),
  /** Their order is that of every response's values. A JSON object would not keep it. */
  elements: text().array().notNull(),
  instrument: jsonb().notNull(),
})
