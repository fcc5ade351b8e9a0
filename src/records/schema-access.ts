import { sql } from 'drizzle-orm'
import { bigint, check, index, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core'
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
