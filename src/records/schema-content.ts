import { index, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { at, bytes } from './schema-columns.ts'

/** A change of a listing that is shown, as somebody wants it: citizens go on reading the one before until somebody else has agreed. */
export const listingDrafts = pgTable(
  'listing_drafts',
  {
    office: text().notNull(),
    /** 'stage', 'vacancy' or 'agenda'. */
    kind: text().notNull(),
    listingId: text('listing_id').notNull(),
    /** The whole listing, as in `listing_changes`. */
    content: jsonb().notNull(),
    writtenBy: uuid('written_by').notNull(),
    writtenAt: at('written_at').notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.kind, t.listingId] })],
)

/** A table somebody looks at before it is taken in. It is forgotten after an hour, and sealed, since nobody knows yet what is in it. */
export const uploads = pgTable(
  'uploads',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    staffId: uuid('staff_id').notNull(),
    /** 'vacancies', 'agenda', 'rounds' or 'articles'. */
    kind: text().notNull(),
    wrappedKey: bytes('wrapped_key').notNull(),
    sealed: bytes().notNull(),
    uploadedAt: at('uploaded_at').notNull(),
  },
  t => [index('uploads_old').on(t.uploadedAt)],
)
