import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, bytes } from './schema-columns.ts'

/**
 * One row an address: a citizen's chat, or a desk's group. It holds where the dialogue stands.
 * Flow, step and waiting are plain so that the path stays countable; every word is in `state`, sealed.
 */
export const conversations = pgTable(
  'conversations',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    channel: text().notNull(),
    /** Keyed hash of office, channel and address. */
    addressHash: bytes('address_hash').notNull(),
    /** 'citizen', or 'desk' for a staff group. */
    party: text().notNull(),
    desk: text(),
    address: bytes().notNull(),
    /** This row's own data key, wrapped by the outer key. */
    wrappedKey: bytes('wrapped_key').notNull(),
    state: bytes().notNull(),
    turn: integer().notNull(),
    /** Number of the last thing said at this address, by whomever. */
    lastSeq: integer('last_seq').notNull(),
    language: text().notNull(),
    flow: text(),
    step: text(),
    /** 'reply', 'action' or 'staff' in an open flow; 'parked' when nothing is open but a draft that was put aside. */
    waiting: text(),
    /** The version of the open flow, and that of a draft put aside: neither may be forgotten. */
    version: text(),
    parked: text(),
    /** STOP was said here: we do not speak first any more. */
    stopped: boolean().notNull().default(false),
    /** Set from the filing of an anonymous report until its last words are out; then the row is wiped. */
    wipeAfter: at('wipe_after'),
    /** Everything said here up to this number is wiped then. */
    wipeSeq: integer('wipe_seq'),
    /** When somebody last did something here; a silence we noted ourselves does not count. */
    updatedAt: at('updated_at').notNull(),
  },
  t => [
    uniqueIndex('conversations_address').on(t.addressHash),
    // Not by time: an index on what every turn changes would have to be written with every turn.
    index('conversations_waiting').on(t.waiting).where(sql`${t.waiting} is not null`),
    index('conversations_wipe').on(t.wipeAfter).where(sql`${t.wipeAfter} is not null`),
  ],
)

/**
 * Everything that came in, stored once: by the channel's message id, or by a key of ours for what one
 * conversation tells another. A done row is one turn; its events are the log a conversation is replayed from.
 */
export const inbox = pgTable(
  'inbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    office: text().notNull(),
    channel: text().notNull(),
    /** Keyed hash of office, channel and external id: once means this key. */
    messageHash: bytes('message_hash').notNull(),
    /** Keyed hash of the address, known before the conversation is. */
    addressHash: bytes('address_hash'),
    conversationId: uuid('conversation_id'),
    turn: integer(),
    seq: integer(),
    /** 'pending', 'done' or 'quarantined'. */
    status: text().notNull(),
    /** Pending: the message. Done: the events of this turn. Null once its time of keeping is over. */
    sealed: bytes(),
    /** The ticket a desk was told of, or worked on: erasing a ticket finds what was said of it. */
    about: uuid(),
    attempts: integer().notNull().default(0),
    dueAt: at('due_at'),
    /** The kind of failure, never its words. */
    error: text(),
    receivedAt: at('received_at').notNull(),
  },
  t => [
    uniqueIndex('inbox_once').on(t.messageHash),
    index('inbox_said').on(t.conversationId, t.seq),
    index('inbox_pending').on(t.dueAt).where(sql`${t.status} = 'pending'`),
    index('inbox_waiting').on(t.addressHash, t.id).where(sql`${t.status} = 'pending'`),
    index('inbox_about').on(t.about).where(sql`${t.about} is not null`),
  ],
)

/** Everything we want to say. Only `outbox/deliver` takes rows from here to a channel. */
export const outbox = pgTable(
  'outbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** conversation/turn/n: what the words are sealed to, and what a channel may know a repeat by. */
    key: text().notNull(),
    office: text().notNull(),
    channel: text().notNull(),
    conversationId: uuid('conversation_id').notNull(),
    seq: integer().notNull(),
    /** 'bot' or 'staff'. */
    sender: text().notNull(),
    sealed: bytes().notNull(),
    /** The ticket a desk's card speaks of, so that erasing a ticket finds its cards. */
    about: uuid(),
    /**
     * 'waiting', 'sending', 'sent', 'merged' (it stands in a message with others), 'failed', 'held': nothing but a template is
     * taken there until somebody writes, or 'unknown': said first, perhaps taken, and not to be said again.
     */
    status: text().notNull(),
    partsSent: integer('parts_sent').notNull().default(0),
    attempts: integer().notNull().default(0),
    dueAt: at('due_at').notNull(),
    leaseUntil: at('lease_until'),
    /** When what we say first was given to its platform, noted down before that: never given again unless it was surely not taken. */
    attemptedAt: at('attempted_at'),
    error: text(),
    /** What the platform calls it at its address; the last part's, where there were several. */
    ref: text(),
    /** The row in whose message this one left, or was tried to. */
    leftWith: bigint('left_with', { mode: 'number' }),
    /** The most the platform has told of it: 1 accepted, 2 delivered, 3 read. */
    delivery: smallint(),
    /** Why the platform did not deliver it after all, until the sender has seen to that. */
    failed: text(),
    /** The message of staff it came of, as its hash in the inbox: an edit of that one finds this one. */
    origin: bytes(),
    /** The origin of the message whose place this one takes. */
    edits: bytes(),
    /** 0 answers somebody, 1 is a notice of ours, 2 is said first, at most once: the higher, the longer it may wait. */
    urgency: smallint().notNull().default(0),
    createdAt: at('created_at').notNull(),
    sentAt: at('sent_at'),
  },
  t => [
    // A turn is repeated from where its conversation stood, so it says the same numbers again.
    uniqueIndex('outbox_said').on(t.conversationId, t.seq),
    // All that has yet to leave, and nothing else: looking for it must not cost more as years go by.
    index('outbox_open')
      .on(t.conversationId, t.urgency, t.seq)
      .where(sql`${t.status} in ('waiting', 'sending')`),
    index('outbox_about').on(t.about).where(sql`${t.about} is not null`),
    // The ref first: what a platform tells of a message names no address.
    index('outbox_ref').on(t.ref, t.conversationId).where(sql`${t.ref} is not null`),
    index('outbox_held').on(t.conversationId, t.seq).where(sql`${t.status} = 'held'`),
    index('outbox_origin').on(t.origin).where(sql`${t.origin} is not null`),
  ],
)
