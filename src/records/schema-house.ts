import { pgTable, text } from 'drizzle-orm/pg-core'
import { at } from './schema-columns.ts'

/** Facts about the installation itself: which sealing key this database belongs to, for one. */
export const house = pgTable('house', { name: text().primaryKey(), value: text().notNull() })

/** Flow versions somebody may still walk: an old answer can always be read against its questions. */
export const flowVersions = pgTable('flow_versions', {
  version: text().primaryKey(),
  name: text().notNull(),
  flow: text().notNull(),
  archivedAt: at('archived_at').notNull(),
})
