import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
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

/** What somebody may do beyond their place on the list, and who gave it to them: never they themselves. */
export const staffDuties = pgTable(
  'staff_duties',
  {
    staffId: uuid('staff_id').notNull(),
    duty: text().notNull(),
    /** Null: given where the server runs, by a command. */
    grantedBy: uuid('granted_by'),
    grantedAt: at('granted_at').notNull(),
  },
  t => [
    primaryKey({ columns: [t.staffId, t.duty] }),
    check('staff_duties_by_another', sql`${t.grantedBy} is distinct from ${t.staffId}`),
  ],
)

/** Links that sign one person in once, by the SHA-256 of their 256 random bits. */
export const signInLinks = pgTable(
  'sign_in_links',
  {
    hash: bytes().primaryKey(),
    staffId: uuid('staff_id').notNull(),
    expiresAt: at('expires_at').notNull(),
  },
  t => [index('sign_in_links_of').on(t.staffId)],
)

/** Who is signed in, by the SHA-256 of what their cookie holds. */
export const staffSessions = pgTable(
  'staff_sessions',
  {
    hash: bytes().primaryKey(),
    staffId: uuid('staff_id').notNull(),
    begunAt: at('begun_at').notNull(),
    seenAt: at('seen_at').notNull(),
    /** When the second factor was last given in this session. */
    provedAt: at('proved_at'),
  },
  t => [index('staff_sessions_of').on(t.staffId)],
)

/** The secret behind somebody's six digits, and how often they were guessed wrong. */
export const secondFactors = pgTable('second_factors', {
  staffId: uuid('staff_id').primaryKey(),
  /** Sealed under the person's key. */
  secret: bytes().notNull(),
  /** Null until the first right digits: an app that was never set up locks nobody out. */
  confirmedAt: at('confirmed_at'),
  /** The last step whose digits were taken: the same digits count once. */
  lastStep: bigint('last_step', { mode: 'number' }).notNull().default(0),
  tries: smallint().notNull().default(0),
  lockedUntil: at('locked_until'),
})

/**
 * Who did and saw what, ids only. Each row's hash takes in the one before under a key outside the database; rows are never changed
 * (a trigger), and whoever goes around that is found by `accept audit-chain`.
 */
export const auditLog = pgTable(
  'audit_log',
  {
    office: text().notNull(),
    number: bigint({ mode: 'number' }).notNull(),
    at: at('at').notNull(),
    /** A person of staff; null where a command or a clock did it. */
    actor: uuid(),
    action: text().notNull(),
    /** A ticket's code, a person's id, the name of an export. */
    subject: text().notNull(),
    /** Why, in their words, sealed under their key. */
    reason: bytes(),
    hash: bytes().notNull(),
  },
  t => [
    primaryKey({ columns: [t.office, t.number] }),
    index('audit_log_subject').on(t.office, t.subject, t.number),
  ],
)

/** Where each office's log ends, so that cutting its end off is found as well. */
export const auditHeads = pgTable('audit_heads', {
  office: text().primaryKey(),
  number: bigint({ mode: 'number' }).notNull(),
  hash: bytes().notNull(),
  /** The last entry whose time of keeping was over: the chain begins behind it. */
  baseNumber: bigint('base_number', { mode: 'number' }).notNull(),
  baseHash: bytes('base_hash').notNull(),
  /** Keyed hash of all of these. */
  seal: bytes().notNull(),
})

/** What takes two: somebody asks, somebody else agrees, and for a while it is open to who asked. */
export const secondPersons = pgTable(
  'second_persons',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    /** 'identity', 'export' or 'publish'. */
    what: text().notNull(),
    /** A ticket's id, or what is to be exported or published. */
    subject: text().notNull(),
    askedBy: uuid('asked_by').notNull(),
    /** Why, sealed under the key of who asked. */
    reason: bytes().notNull(),
    askedAt: at('asked_at').notNull(),
    agreedBy: uuid('agreed_by'),
    agreedAt: at('agreed_at'),
    refusedAt: at('refused_at'),
  },
  t => [
    index('second_persons_open').on(t.office, t.askedAt),
    index('second_persons_subject').on(t.subject, t.askedBy),
    check('second_persons_another', sql`${t.agreedBy} is distinct from ${t.askedBy}`),
  ],
)

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

/** Articles as somebody wants them, until somebody else agrees; one an article and office. */
export const articleDrafts = pgTable(
  'article_drafts',
  {
    office: text().notNull(),
    articleId: text('article_id').notNull(),
    content: jsonb().notNull(),
    writtenBy: uuid('written_by').notNull(),
    writtenAt: at('written_at').notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.articleId] })],
)
