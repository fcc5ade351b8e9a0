import { date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** What was forgotten because its time of keeping was over: counts alone, by the month it was of. */
export const forgotten = pgTable(
  'forgotten',
  {
    office: text().notNull(),
    /** A class of `offices/keeping-days.ts`. */
    class: text().notNull(),
    /** The first day of the month it was of. */
    month: date().notNull(),
    /** The day it went, in UTC. */
    day: date().notNull(),
    count: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.day, t.office, t.class, t.month] })],
)

/** How much was said where on which day, counted when the messages themselves go: the path stays countable without anybody's steps. */
export const saidCounts = pgTable(
  'said_counts',
  {
    office: text().notNull(),
    channel: text().notNull(),
    /** In UTC. */
    day: date().notNull(),
    /** Turns: what somebody said that a conversation took. */
    heard: integer().notNull(),
    /** Messages of ours. */
    said: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.channel, t.day] })],
)
