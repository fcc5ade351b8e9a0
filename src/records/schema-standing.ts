import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { at } from './schema-columns.ts'

/** Whether an office's platform can be reached, as whoever speaks to it last found; since when, and when that was last seen. */
export const channelStandings = pgTable(
  'channel_standings',
  {
    office: text().notNull(),
    channel: text().notNull(),
    /** 'up' or 'down'. */
    state: text().notNull(),
    /** The kind of trouble; '' while it is up. */
    reason: text().notNull(),
    since: at('since').notNull(),
    seenAt: at('seen_at').notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.channel] })],
)

/** When each thing that runs by the clock last went well, and when it last did not. */
export const jobRuns = pgTable('job_runs', {
  name: text().primaryKey(),
  doneAt: at('done_at'),
  failedAt: at('failed_at'),
  /** How long the last good run took, in milliseconds. */
  tookMs: integer('took_ms'),
})
