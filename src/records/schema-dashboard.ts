import {
  bigint,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, bytes } from './schema-columns.ts'

/** Filters somebody wants again, by the name they gave them. */
export const savedViews = pgTable(
  'saved_views',
  {
    staffId: uuid('staff_id').notNull(),
    name: text().notNull(),
    query: text().notNull(),
  },
  t => [primaryKey({ columns: [t.staffId, t.name] })],
)

/** Sentences of an office for what is asked often. They name nobody. */
export const preparedReplies = pgTable(
  'prepared_replies',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    title: text().notNull(),
    words: text().notNull(),
    changedBy: uuid('changed_by'),
    changedAt: at('changed_at').notNull(),
  },
  t => [index('prepared_replies_of').on(t.office, t.title)],
)

/**
 * The words of a ticket as keyed hashes of its office, so that staff find it again; none of a restricted, confidential or anonymous
 * one. Leaks what `ticket_words` leaks.
 */
export const ticketSearch = pgTable(
  'ticket_search',
  {
    ticketId: uuid('ticket_id').primaryKey(),
    words: bigint({ mode: 'bigint' }).array().notNull(),
    /** The state of the ticket that was read. */
    readTo: at('read_to').notNull(),
  },
  t => [index('ticket_search_in').using('gin', t.words)],
)

/** What a ticket is called where it was passed on to: its tracking id at SP4N-LAPOR!. */
export const ticketsElsewhere = pgTable(
  'tickets_elsewhere',
  {
    ticketId: uuid('ticket_id').notNull(),
    system: text().notNull(),
    tracking: text().notNull(),
    notedAt: at('noted_at').notNull(),
  },
  t => [primaryKey({ columns: [t.ticketId, t.system] })],
)

/** How many tickets of one kind and desk were opened on one day, and what became of them; reckoned by the clock. */
export const ticketFigures = pgTable(
  'ticket_figures',
  {
    office: text().notNull(),
    day: date().notNull(),
    desk: text().notNull(),
    kind: text().notNull(),
    /** 'open', or 'closed': restricted, confidential or anonymous. */
    class: text().notNull(),
    received: integer().notNull(),
    /** First answered by the day that was promised, and after it; or not yet, though that day is over. */
    inTime: integer('in_time').notNull(),
    late: integer().notNull(),
    reopened: integer().notNull(),
    ended: integer().notNull(),
    /** Hours to the first answer, one of each ticket that has one; of open tickets alone. */
    hours: integer().array().notNull(),
    /** How many of the open ones came in which hour of the office's day: 24 counts. */
    loads: integer().array().notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.day, t.desk, t.kind, t.class] })],
)

/** Which tickets came through the Open311 door, by whose key, so that each partner reads its own alone. */
export const open311Requests = pgTable(
  'open311_requests',
  {
    ticketId: uuid('ticket_id').primaryKey(),
    office: text().notNull(),
    /** Keyed hash of the partner's key. */
    keyHash: bytes('key_hash').notNull(),
    /** Keyed hash of what the partner called the request: sent again it is a repeat. */
    askedHash: bytes('asked_hash').notNull(),
    service: text().notNull(),
    filedAt: at('filed_at').notNull(),
  },
  t => [
    uniqueIndex('open311_requests_once').on(t.askedHash),
    index('open311_requests_of').on(t.office, t.keyHash, t.filedAt),
  ],
)
