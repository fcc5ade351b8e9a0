import { sql } from 'drizzle-orm'
import { bigint, date, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { at, bytes } from './schema-columns.ts'
import { tickets } from './schema-tickets.ts'

/**
 * Every change of an article, in order: the database is the truth about articles, and nothing of it is ever overwritten. A row is
 * either the whole article as it was written then, or one more way of asking for it. Without an office it is shared by all.
 */
export const articleChanges = pgTable('article_changes', {
  /** Rises in the order of commits, since whoever writes here holds a lock: who knows one number knows all below. */
  number: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  office: text(),
  articleId: text('article_id').notNull(),
  content: jsonb(),
  phrasing: text(),
  /** A person's name, or what did it: `folder`, `import`. */
  changedBy: text('changed_by').notNull(),
  changedAt: at('changed_at').notNull(),
})

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

/** Questions no article answered, or not well; never of a restricted, confidential or anonymous matter. */
export const questions = pgTable(
  'questions',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    conversationId: uuid('conversation_id').notNull(),
    /** Once its citizen asked for a person. */
    ticketId: uuid('ticket_id'),
    /** 'unknown', 'unconfirmed' (there is an article that may not be told), 'other' (than was suggested) or 'unhelpful'. */
    reason: text().notNull(),
    article: text(),
    /** What it is about as keyed hashes, so that those who ask the same are found; leaks what `ticket_words` leaks. */
    words: bigint({ mode: 'bigint' }).array().notNull(),
    wrappedKey: bytes('wrapped_key').notNull(),
    sealed: bytes().notNull(),
    askedAt: at('asked_at').notNull(),
    answeredAt: at('answered_at'),
  },
  t => [
    index('questions_open').on(t.office, t.askedAt).where(sql`${t.answeredAt} is null`),
    index('questions_of').on(t.conversationId),
    index('questions_ticket').on(t.ticketId).where(sql`${t.ticketId} is not null`),
  ],
)

/**
 * What is to be put to the language model outside of any turn. Once settled only when it was asked and how it ended is left, for two
 * days: the budgets are reckoned from it.
 */
export const modelAsks = pgTable(
  'model_asks',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    /** 'answer' (to a citizen), 'suggest' or 'draft' (to staff). */
    purpose: text().notNull(),
    /** Keyed hash of whose budget it is. */
    whose: bytes().notNull(),
    /** Who waits for it; null once settled. */
    conversationId: uuid('conversation_id'),
    ticketId: uuid('ticket_id').references(() => tickets.id, { onDelete: 'cascade' }),
    /** What was asked, as JSON; null once settled. */
    sealed: bytes(),
    /** 'waiting', 'asking' or 'settled'. */
    status: text().notNull(),
    /** How it ended, by name. */
    how: text(),
    attempts: integer().notNull().default(0),
    leaseUntil: at('lease_until'),
    /** Calls made for it, and the office's day of the first. */
    calls: integer().notNull().default(0),
    calledOn: date('called_on'),
    askedAt: at('asked_at').notNull(),
  },
  t => [
    index('model_asks_open').on(t.askedAt).where(sql`${t.status} <> 'settled'`),
    index('model_asks_called').on(t.office, t.calledOn).where(sql`${t.calledOn} is not null`),
    index('model_asks_whose').on(t.whose, t.askedAt),
    index('model_asks_ticket').on(t.ticketId).where(sql`${t.ticketId} is not null`),
  ],
)
