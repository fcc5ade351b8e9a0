import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at } from './schema-columns.ts'

/** Something an office wants known. What it says stands in its versions. */
export const announcements = pgTable(
  'announcements',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    /** What staff call it by: P-7K4QXH. */
    code: text().notNull(),
    /** The listing whose changes it tells: `vacancy/ID`; null for what staff wrote. */
    about: text(),
    /** The desk that is told how it goes; null: the general one. */
    desk: text(),
    createdAt: at('created_at').notNull(),
  },
  t => [
    uniqueIndex('announcements_code').on(t.office, t.code),
    uniqueIndex('announcements_about').on(t.office, t.about).where(sql`${t.about} is not null`),
  ],
)

/** What an announcement says: a correction is the next version, and nothing is ever overwritten. */
export const announcementVersions = pgTable(
  'announcement_versions',
  {
    announcementId: uuid('announcement_id')
      .notNull()
      .references(() => announcements.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    /** 'draft', 'approved', 'sending', 'done', 'stopped', or 'replaced' by a later version before it was over. */
    status: text().notNull(),
    /** By language; Indonesian is always there. Written for the public: nothing here is about anybody. */
    words: jsonb().notNull(),
    /** Who asked for what; see `Audience`. */
    audience: jsonb().notNull(),
    /** Also for those who asked for it and had no earlier version; otherwise for those alone who had one. */
    toNew: boolean('to_new').notNull(),
    /** The version of the listing it tells of, where it is about one. */
    listingVersion: integer('listing_version'),
    draftedBy: text('drafted_by').notNull(),
    /** Who that is on the list of staff, never the one who approves it; null where nobody is on a list (the trial's page). */
    draftedById: uuid('drafted_by_id'),
    draftedAt: at('drafted_at').notNull(),
    approvedBy: text('approved_by'),
    /** Not before; null until somebody said when. */
    sendAt: at('send_at'),
    beganAt: at('began_at'),
    endedAt: at('ended_at'),
  },
  t => [
    primaryKey({ columns: [t.announcementId, t.version] }),
    index('announcement_versions_open').on(t.sendAt).where(sql`${t.status} in ('approved', 'sending')`),
  ],
)

/** Who is told which version: a row a recipient, so that nobody is told twice. */
export const announced = pgTable(
  'announced',
  {
    announcementId: uuid('announcement_id').notNull(),
    version: integer().notNull(),
    /** One row an address, as conversations are. */
    conversationId: uuid('conversation_id').notNull(),
    channel: text().notNull(),
    /** They had an earlier version, or may have had. */
    correction: boolean().notNull(),
    /** 'planned', 'queued' (in the outbox), 'held', 'sent', 'failed', 'unknown', or 'dropped': not to be told any more. */
    state: text().notNull(),
    /** Why it failed or was dropped. */
    cause: text(),
    outboxId: bigint('outbox_id', { mode: 'number' }),
    changedAt: at('changed_at').notNull(),
  },
  t => [
    primaryKey({ columns: [t.announcementId, t.version, t.conversationId] }),
    foreignKey({
      name: 'announced_of',
      columns: [t.announcementId, t.version],
      foreignColumns: [announcementVersions.announcementId, announcementVersions.version],
    }).onDelete('cascade'),
    index('announced_open')
      .on(t.announcementId, t.version, t.channel)
      .where(sql`${t.state} in ('planned', 'queued')`),
    index('announced_queued').on(t.outboxId).where(sql`${t.state} in ('queued', 'held')`),
    index('announced_under_way').on(t.announcementId, t.version).where(sql`${t.state} = 'queued'`),
    index('announced_to').on(t.conversationId),
  ],
)

/**
 * What a citizen asked to be told of. '' stands for any. In the clear, since it has to be found by what it says; whose it is, only
 * the sealed address of the conversation tells.
 */
export const subscriptions = pgTable(
  'subscriptions',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    office: text().notNull(),
    conversationId: uuid('conversation_id').notNull(),
    /** 'news', 'vacancy', 'stage' or 'agenda'. */
    topic: text().notNull(),
    /** Of selections 'cpns', 'pppk' or 'other'; of agenda items one of AGENDA_KINDS. */
    kind: text().notNull(),
    /** As an announcement would have it: "S-1 Hukum". */
    education: text().notNull(),
    /** One of STAGES. */
    stage: text().notNull(),
    /** A part of the place's name, in small letters. */
    place: text().notNull(),
    createdAt: at('created_at').notNull(),
  },
  t => [
    uniqueIndex('subscriptions_once').on(t.conversationId, t.topic, t.kind, t.education, t.stage, t.place),
    index('subscriptions_of_office').on(t.office, t.topic),
  ],
)

/** A date a citizen wants to be reminded of, once. */
export const reminders = pgTable(
  'reminders',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    office: text().notNull(),
    conversationId: uuid('conversation_id').notNull(),
    /** 'vacancy', 'stage' or 'agenda'. */
    kind: text().notNull(),
    listingId: text('listing_id').notNull(),
    /** What it reminds of, as last known. */
    due: at('due').notNull(),
    /** When to; null when there is nothing left to be said. */
    remindAt: at('remind_at'),
    /** What they were last told, and it was then; when that moves they are told so. */
    toldDue: at('told_due'),
    createdAt: at('created_at').notNull(),
  },
  t => [
    uniqueIndex('reminders_once').on(t.conversationId, t.kind, t.listingId),
    index('reminders_next').on(t.remindAt).where(sql`${t.remindAt} is not null`),
    index('reminders_about').on(t.office, t.kind, t.listingId),
  ],
)

/** Where a citizen is, when that is not where their office is: times are told as the walls there show them. */
export const citizenZones = pgTable('citizen_zones', {
  conversationId: uuid('conversation_id').primaryKey(),
  zone: text().notNull(),
})

/** How far the changes of an office's listings were looked at: what is behind has been told to whom it concerns. */
export const toldChanges = pgTable('told_changes', {
  office: text().primaryKey(),
  number: bigint({ mode: 'number' }).notNull(),
})
