import { boolean, date, index, pgTable, smallint, text, uuid } from 'drizzle-orm/pg-core'
import { at, bytes } from './schema-columns.ts'
import { tickets } from './schema-tickets.ts'

/** Two chats of one citizen, each with the other; a row without another only counts wrong codes. */
export const linkedChats = pgTable('linked_chats', {
  conversationId: uuid('conversation_id').primaryKey(),
  otherId: uuid('other_id'),
  wrongCodes: smallint('wrong_codes').notNull().default(0),
  lockedUntil: at('locked_until'),
})

/** Talks between a citizen and a person of a desk, while they last. What is said is in the history of the ticket it is about. */
export const talks = pgTable(
  'talks',
  {
    conversationId: uuid('conversation_id').primaryKey(),
    office: text().notNull(),
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    begunAt: at('begun_at').notNull(),
    /** When either side last said something. */
    lastAt: at('last_at').notNull(),
    /** Since when the citizen waits for an answer; null once somebody gave one. */
    waitsSince: at('waits_since'),
    /** They were told that nobody came: once in a talk. */
    toldAway: boolean('told_away').notNull().default(false),
    /** Keyed hash of who of the staff answered last: in the ticket's topic their plain words belong to the talk. */
    speaker: bytes(),
  },
  t => [index('talks_ticket').on(t.ticketId)],
)

/** Citizens whose words do not reach staff for a time. Why stands in the history of the ticket it was said of. */
export const blocks = pgTable('blocks', {
  conversationId: uuid('conversation_id').primaryKey(),
  office: text().notNull(),
  ticketId: uuid('ticket_id').notNull(),
  until: at('until').notNull(),
  /** The day of their last objection: one a day is passed on. */
  appealedOn: date('appealed_on'),
})
