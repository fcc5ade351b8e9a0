import { sql } from 'drizzle-orm'
import {
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at } from './schema-columns.ts'

/**
 * Sentences of a flow as an office wants them, laid over what its files say. The files stay what they are: an agreed row counts only
 * while the file still says what it `replaces`.
 */
export const wordings = pgTable(
  'wordings',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    /** A flow's name; 'house' for a sentence that belongs to no single flow. */
    flow: text().notNull(),
    /** Where it stands in there: 'steps.topic.choose', 'steps.topic.options.papers', 'labels.topic', 'phrases.expired'. */
    place: text().notNull(),
    language: text().notNull(),
    words: text().notNull(),
    /** What the files said there when it was written. */
    replaces: text().notNull(),
    /** 'waiting', 'agreed', 'dropped' or 'replaced': by a later one, or because the file's own was wanted again. */
    status: text().notNull(),
    writtenBy: uuid('written_by').notNull(),
    writtenAt: at('written_at').notNull(),
    decidedBy: uuid('decided_by'),
    decidedAt: at('decided_at'),
  },
  t => [
    uniqueIndex('wordings_waiting')
      .on(t.office, t.flow, t.place, t.language)
      .where(sql`${t.status} = 'waiting'`),
    uniqueIndex('wordings_agreed')
      .on(t.office, t.flow, t.place, t.language)
      .where(sql`${t.status} = 'agreed'`),
    index('wordings_of').on(t.office, t.writtenAt),
    check(
      'wordings_by_another',
      sql`${t.status} <> 'agreed' or ${t.decidedBy} is distinct from ${t.writtenBy}`,
    ),
    check('wordings_decided', sql`${t.status} = 'waiting' or ${t.decidedBy} is not null`),
  ],
)

/** How many citizens came to a step on one day, and how many left there without finishing. Numbers of days: nobody's path. */
export const stepCounts = pgTable(
  'step_counts',
  {
    office: text().notNull(),
    flow: text().notNull(),
    /** '' counts the flow itself: how many opened it, and how many finished. */
    step: text().notNull(),
    day: date().notNull(),
    reached: integer().notNull(),
    givenUp: integer('given_up').notNull(),
    finished: integer().notNull(),
  },
  // The flow before the day: one flow's month lies together, and nothing else is read for it.
  t => [primaryKey({ columns: [t.office, t.flow, t.day, t.step] })],
)
