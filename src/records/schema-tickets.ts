import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, bytes } from './schema-columns.ts'

/** A matter the office promised to look at. Words are sealed under the ticket's own key. */
export const tickets = pgTable(
  'tickets',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    code: text().notNull(),
    /** complaint, aspiration, information or recruitment. */
    kind: text().notNull(),
    /** Berkadar pengawasan: only the restricted desk knows it. */
    restricted: boolean().notNull(),
    anonymous: boolean().notNull(),
    confidential: boolean().notNull(),
    desk: text().notNull(),
    status: text().notNull(),
    reason: text(),
    /** Where answers go; null for anonymous tickets, always. */
    conversationId: uuid('conversation_id'),
    receiptHash: bytes('receipt_hash'),
    /** Null once destroyed: then nothing of the ticket can be read any more. */
    wrappedKey: bytes('wrapped_key'),
    /** The answers by step name, as JSON. */
    fields: bytes(),
    /** Who took it, as JSON; null while nobody has. */
    takenBy: bytes('taken_by'),
    pinTries: integer('pin_tries').notNull().default(0),
    pinLockedUntil: at('pin_locked_until'),
    /** To the day for anonymous tickets (midnight at the office), exact otherwise. */
    openedAt: at('opened_at').notNull(),
    answerDue: date('answer_due'),
    resolveDue: date('resolve_due'),
    /** Staff put it off: on that day it comes back to its desk. */
    postponedUntil: date('postponed_until'),
    closedAt: at('closed_at'),
    /** The ticket of the same matter it was joined to: its citizen follows that one. What it was before stands in `merges`. */
    mergedInto: uuid('merged_into'),
    updatedAt: at('updated_at').notNull(),
  },
  t => [
    index('tickets_merged').on(t.mergedInto).where(sql`${t.mergedInto} is not null`),
    uniqueIndex('tickets_code').on(t.code),
    uniqueIndex('tickets_receipt').on(t.receiptHash),
    index('tickets_of_conversation').on(t.conversationId, t.openedAt),
    index('tickets_of_desk').on(t.office, t.desk, t.status),
  ],
)

/** What happened to a ticket, in order. Notes are not visible to the citizen. */
export const ticketEvents = pgTable(
  'ticket_events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    type: text().notNull(),
    visible: boolean().notNull(),
    /** Who and what, as JSON, sealed under the ticket's key. */
    sealed: bytes(),
    happenedAt: at('happened_at').notNull(),
  },
  t => [index('ticket_events_of').on(t.ticketId, t.id)],
)

/** Files citizens sent, encrypted in DATA_DIR under their id; the key stands here, wrapped. */
export const files = pgTable('files', {
  id: uuid().primaryKey(),
  office: text().notNull(),
  /** The conversation that sent it; null once it belongs to an anonymous ticket alone. */
  conversationId: uuid('conversation_id'),
  ticketId: uuid('ticket_id').references(() => tickets.id, { onDelete: 'cascade' }),
  mime: text().notNull(),
  size: integer().notNull(),
  wrappedKey: bytes('wrapped_key').notNull(),
  /** What a virus scanner found: 'clean' or 'infected', which is handed to nobody. Null: none has looked; at pictures none ever does. */
  scan: text(),
  storedAt: at('stored_at').notNull(),
})

/**
 * The promises of time a ticket carries: `answer`, the first answer, and `resolve`, the settling. When they run out is reckoned
 * from `turns` and the office's calendar, and stands in `tickets.answer_due` and `resolve_due`.
 */
export const ticketClocks = pgTable(
  'ticket_clocks',
  {
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    /** 'answer' or 'resolve'. */
    name: text().notNull(),
    /** Which of the office's clocks: its days and unit are read there. */
    rule: text().notNull(),
    /** States of the ticket in which it stands still. */
    rests: text().array().notNull(),
    /** Begins again when the ticket is reopened, rather than going on with what was left. */
    anew: boolean().notNull(),
    /** When it was set going and stopped, in turn; of an anonymous ticket the days. */
    turns: timestamp({ withTimezone: true }).array().notNull(),
    /** The promise was kept, or the ticket has ended. */
    done: boolean().notNull().default(false),
    /** How many steps of the office's escalation were told. */
    stage: integer().notNull().default(0),
    /** When to look at it again; null while nothing can come due. */
    nextAt: at('next_at'),
    /** The day it was due before a calendar changed, until its desk was told. */
    movedFrom: date('moved_from'),
  },
  t => [
    primaryKey({ columns: [t.ticketId, t.name] }),
    index('ticket_clocks_next').on(t.nextAt).where(sql`${t.nextAt} is not null`),
  ],
)

/** What a ticket was before it was joined to another, so that it can be again: its state, desk, dates and clocks. No words. */
export const merges = pgTable('merges', {
  ticketId: uuid('ticket_id')
    .primaryKey()
    .references(() => tickets.id, { onDelete: 'cascade' }),
  before: jsonb().notNull(),
})

/**
 * The words of an open report as keyed hashes, so that a second report of the same matter is noticed. Never of a restricted,
 * confidential or anonymous one. It leaks how often which hash occurs within an office and topic, and nothing else.
 */
export const ticketWords = pgTable(
  'ticket_words',
  {
    ticketId: uuid('ticket_id')
      .primaryKey()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    words: bigint({ mode: 'bigint' }).array().notNull(),
  },
  t => [index('ticket_words_in').using('gin', t.words)],
)
