import { date, index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { bytes } from './schema-columns.ts'

/** Files that were taken from chats today: only so many a day are. No word of any message, and no time but the day. */
export const filesSent = pgTable(
  'files_sent',
  {
    /** Keyed hash of the message it came with, another one than the inbox has: nothing leads from one to the other. */
    hash: bytes().primaryKey(),
    office: text().notNull(),
    /** As in `conversations`; null once the chat is forgotten, so that the office's own count stays. */
    addressHash: bytes('address_hash'),
    /** The office's own day. */
    day: date().notNull(),
    /** As sent. */
    bytes: integer().notNull(),
  },
  t => [index('files_sent_day').on(t.office, t.day)],
)
