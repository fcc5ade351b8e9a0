import { boolean, date, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { at, bytes } from './schema-columns.ts'

/** People of an office who may work at its desks. Who leaves stays as a row without accounts. */
export const staff = pgTable('staff', {
  id: uuid().primaryKey(),
  office: text().notNull(),
  /** What colleagues call them; shown in groups and on tickets. */
  name: text().notNull(),
  /** 'staff', 'head' or 'admin'. */
  role: text().notNull(),
  /** The desks they may work at; null means all of the office. */
  desks: text().array(),
  wrappedKey: bytes('wrapped_key').notNull(),
  leftAt: at('left_at'),
  createdAt: at('created_at').notNull(),
})

/** Where staff write from: the only thing that gives anybody a right in a group. */
export const staffAccounts = pgTable('staff_accounts', {
  /** Keyed hash of office, channel and the platform's id of the person. */
  accountHash: bytes('account_hash').primaryKey(),
  staffId: uuid('staff_id')
    .notNull()
    .references(() => staff.id, { onDelete: 'cascade' }),
  channel: text().notNull(),
  /** The id itself, sealed under the person's key: a sign-in link is sent there. */
  account: bytes().notNull(),
})

/** A desk's group on a platform. Its conversation holds the address. */
export const groups = pgTable('groups', {
  conversationId: uuid('conversation_id').primaryKey(),
  office: text().notNull(),
  desk: text().notNull(),
  /** Whether it has topics: then each ticket gets one. */
  forum: boolean().notNull().default(false),
  /** 'active', 'removed' (we were thrown out) or 'moved' (to another id that nobody has confirmed yet). */
  status: text().notNull(),
  /** The address it moved to, sealed like the conversation's own. */
  movedTo: bytes('moved_to'),
})

/** The topic of one ticket in one group. */
export const topics = pgTable(
  'topics',
  {
    conversationId: uuid('conversation_id').notNull(),
    ticketId: uuid('ticket_id').notNull(),
    thread: text().notNull(),
  },
  t => [
    primaryKey({ columns: [t.conversationId, t.ticketId] }),
    uniqueIndex('topics_thread').on(t.conversationId, t.thread),
  ],
)

/** Words that open one thing once: an account of staff, a group, a second channel of a citizen. */
export const singleUse = pgTable('single_use', {
  hash: bytes().primaryKey(),
  office: text().notNull(),
  /** 'staff', 'group' or 'citizen'. */
  opens: text().notNull(),
  /** Whose: an id of staff, a desk's name, a conversation's id. */
  whose: text().notNull(),
  expiresAt: at('expires_at').notNull(),
})

/** The last day a desk was given its digest and its weekly list: each comes once. */
export const deskDigests = pgTable(
  'desk_digests',
  {
    office: text().notNull(),
    desk: text().notNull(),
    toldOn: date('told_on').notNull(),
    listedOn: date('listed_on'),
  },
  t => [primaryKey({ columns: [t.office, t.desk] })],
)
