import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { at, bytes } from './schema-columns.ts'

/** Bytes as Node knows them; sealed values are always of this type. */

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

/** How far an office's updates were asked for, and by the how-manieth leader: one that lost the lead confirms nothing. */
export const polls = pgTable(
  'polls',
  {
    office: text().notNull(),
    channel: text().notNull(),
    epoch: integer().notNull(),
    position: bigint({ mode: 'number' }),
  },
  t => [primaryKey({ columns: [t.office, t.channel] })],
)

/** Options whose id does not fit on a button, by the token that does. */
export const longOptions = pgTable(
  'long_options',
  {
    office: text().notNull(),
    token: text().notNull(),
    option: text().notNull(),
    keptAt: at('kept_at').notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.token] })],
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

/** A matter the office promised to look at. Words are sealed under the ticket's own key. */
export const tickets = pgTable(
  'tickets',
  {
    id: uuid().primaryKey(),
    office: text().notNull(),
    code: text().notNull(),
    /** complaint, aspiration, information or recruitment. */
    kind: text().notNull(),
    /** Berkadar pengawasan: only the restricted desk knows it. */
    restricted: boolean().notNull(),
    anonymous: boolean().notNull(),
    confidential: boolean().notNull(),
    desk: text().notNull(),
    status: text().notNull(),
    reason: text(),
    /** Where answers go; null for anonymous tickets, always. */
    conversationId: uuid('conversation_id'),
    receiptHash: bytes('receipt_hash'),
    /** Null once destroyed: then nothing of the ticket can be read any more. */
    wrappedKey: bytes('wrapped_key'),
    /** The answers by step name, as JSON. */
    fields: bytes(),
    /** Who took it, as JSON; null while nobody has. */
    takenBy: bytes('taken_by'),
    pinTries: integer('pin_tries').notNull().default(0),
    pinLockedUntil: at('pin_locked_until'),
    /** To the day for anonymous tickets (midnight at the office), exact otherwise. */
    openedAt: at('opened_at').notNull(),
    answerDue: date('answer_due'),
    resolveDue: date('resolve_due'),
    /** Staff put it off: on that day it comes back to its desk. */
    postponedUntil: date('postponed_until'),
    closedAt: at('closed_at'),
    /** The ticket of the same matter it was joined to: its citizen follows that one. What it was before stands in `merges`. */
    mergedInto: uuid('merged_into'),
    updatedAt: at('updated_at').notNull(),
  },
  t => [
    index('tickets_merged').on(t.mergedInto).where(sql`${t.mergedInto} is not null`),
    uniqueIndex('tickets_code').on(t.code),
    uniqueIndex('tickets_receipt').on(t.receiptHash),
    index('tickets_of_conversation').on(t.conversationId, t.openedAt),
    index('tickets_of_desk').on(t.office, t.desk, t.status),
  ],
)

/** What happened to a ticket, in order. Notes are not visible to the citizen. */
export const ticketEvents = pgTable(
  'ticket_events',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    type: text().notNull(),
    visible: boolean().notNull(),
    /** Who and what, as JSON, sealed under the ticket's key. */
    sealed: bytes(),
    happenedAt: at('happened_at').notNull(),
  },
  t => [index('ticket_events_of').on(t.ticketId, t.id)],
)

/** Files citizens sent, encrypted in DATA_DIR under their id; the key stands here, wrapped. */
export const files = pgTable('files', {
  id: uuid().primaryKey(),
  office: text().notNull(),
  /** The conversation that sent it; null once it belongs to an anonymous ticket alone. */
  conversationId: uuid('conversation_id'),
  ticketId: uuid('ticket_id').references(() => tickets.id, { onDelete: 'cascade' }),
  mime: text().notNull(),
  size: integer().notNull(),
  wrappedKey: bytes('wrapped_key').notNull(),
  storedAt: at('stored_at').notNull(),
})

/** Flow versions somebody may still walk: an old answer can always be read against its questions. */
export const flowVersions = pgTable('flow_versions', {
  version: text().primaryKey(),
  name: text().notNull(),
  flow: text().notNull(),
  archivedAt: at('archived_at').notNull(),
})

/** Facts about the installation itself: which sealing key this database belongs to, for one. */
export const house = pgTable('house', { name: text().primaryKey(), value: text().notNull() })

/**
 * The promises of time a ticket carries: `answer`, the first answer, and `resolve`, the settling. When they run out is reckoned
 * from `turns` and the office's calendar, and stands in `tickets.answer_due` and `resolve_due`.
 */
export const ticketClocks = pgTable(
  'ticket_clocks',
  {
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    /** 'answer' or 'resolve'. */
    name: text().notNull(),
    /** Which of the office's clocks: its days and unit are read there. */
    rule: text().notNull(),
    /** States of the ticket in which it stands still. */
    rests: text().array().notNull(),
    /** Begins again when the ticket is reopened, rather than going on with what was left. */
    anew: boolean().notNull(),
    /** When it was set going and stopped, in turn; of an anonymous ticket the days. */
    turns: timestamp({ withTimezone: true }).array().notNull(),
    /** The promise was kept, or the ticket has ended. */
    done: boolean().notNull().default(false),
    /** How many steps of the office's escalation were told. */
    stage: integer().notNull().default(0),
    /** When to look at it again; null while nothing can come due. */
    nextAt: at('next_at'),
    /** The day it was due before a calendar changed, until its desk was told. */
    movedFrom: date('moved_from'),
  },
  t => [
    primaryKey({ columns: [t.ticketId, t.name] }),
    index('ticket_clocks_next').on(t.nextAt).where(sql`${t.nextAt} is not null`),
  ],
)

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

/** What a ticket was before it was joined to another, so that it can be again: its state, desk, dates and clocks. No words. */
export const merges = pgTable('merges', {
  ticketId: uuid('ticket_id')
    .primaryKey()
    .references(() => tickets.id, { onDelete: 'cascade' }),
  before: jsonb().notNull(),
})

/**
 * The words of an open report as keyed hashes, so that a second report of the same matter is noticed. Never of a restricted,
 * confidential or anonymous one. It leaks how often which hash occurs within an office and topic, and nothing else.
 */
export const ticketWords = pgTable(
  'ticket_words',
  {
    ticketId: uuid('ticket_id')
      .primaryKey()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    words: bigint({ mode: 'bigint' }).array().notNull(),
  },
  t => [index('ticket_words_in').using('gin', t.words)],
)

/** Two chats of one citizen, each with the other; a row without another only counts wrong codes. */
export const linkedChats = pgTable('linked_chats', {
  conversationId: uuid('conversation_id').primaryKey(),
  otherId: uuid('other_id'),
  wrongCodes: smallint('wrong_codes').notNull().default(0),
  lockedUntil: at('locked_until'),
})

/** Talks between a citizen and a person of a desk, while they last. What is said is in the history of the ticket it is about. */
export const talks = pgTable(
  'talks',
  {
    conversationId: uuid('conversation_id').primaryKey(),
    office: text().notNull(),
    ticketId: uuid('ticket_id')
      .notNull()
      .references(() => tickets.id, { onDelete: 'cascade' }),
    begunAt: at('begun_at').notNull(),
    /** When either side last said something. */
    lastAt: at('last_at').notNull(),
    /** Since when the citizen waits for an answer; null once somebody gave one. */
    waitsSince: at('waits_since'),
    /** They were told that nobody came: once in a talk. */
    toldAway: boolean('told_away').notNull().default(false),
    /** Keyed hash of who of the staff answered last: in the ticket's topic their plain words belong to the talk. */
    speaker: bytes(),
  },
  t => [index('talks_ticket').on(t.ticketId)],
)

/** Citizens whose words do not reach staff for a time. Why stands in the history of the ticket it was said of. */
export const blocks = pgTable('blocks', {
  conversationId: uuid('conversation_id').primaryKey(),
  office: text().notNull(),
  ticketId: uuid('ticket_id').notNull(),
  until: at('until').notNull(),
  /** The day of their last objection: one a day is passed on. */
  appealedOn: date('appealed_on'),
})

/** An office's linked WhatsApp number: whether it is linked, what somebody asked for, and what is to be scanned or typed. */
export const whatsappSessions = pgTable('whatsapp_sessions', {
  office: text().primaryKey(),
  /** The data key of all that is sealed in `whatsapp_keys`; a new one with every link. */
  wrappedKey: bytes('wrapped_key').notNull(),
  /** 'unlinked', 'linking', 'linked' or 'stopped' (until somebody asks for a link again). */
  status: text().notNull(),
  /** Why it is not linked, or stopped. */
  reason: text(),
  /** What somebody asked for: 'qr', 'code' or 'unlink'; the phone number a code is for, sealed. */
  asked: text(),
  askedFor: bytes('asked_for'),
  /** The QR code's text or the pairing code, sealed. */
  shown: bytes(),
  /** The version of WhatsApp Web that was taken last; null: the one the library brings. */
  version: text(),
  /** WhatsApp lets us begin no chats until then. */
  restrictedUntil: at('restricted_until'),
  /** How many chats were begun on this day. */
  begunOn: date('begun_on'),
  begun: integer().notNull().default(0),
  changedAt: at('changed_at').notNull(),
})

/** The keys of a linked number, by keyed hash: their names hold phone numbers. Whoever has them is the account. */
export const whatsappKeys = pgTable(
  'whatsapp_keys',
  {
    office: text().notNull(),
    hash: bytes().notNull(),
    sealed: bytes().notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.hash] })],
)

/** What was said to a linked number and not taken in yet, written down before WhatsApp hears that we have it. */
export const whatsappHeard = pgTable(
  'whatsapp_heard',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    office: text().notNull(),
    /** Keyed hash of chat, message id and who said it. */
    hash: bytes().notNull(),
    sealed: bytes().notNull(),
    heardAt: at('heard_at').notNull(),
  },
  t => [uniqueIndex('whatsapp_heard_once').on(t.office, t.hash)],
)

/** What we really sent, for phones that could not read it and ask again. */
export const whatsappSent = pgTable(
  'whatsapp_sent',
  {
    office: text().notNull(),
    /** Keyed hash of the message's id. */
    hash: bytes().notNull(),
    sealed: bytes().notNull(),
    sentAt: at('sent_at').notNull(),
    keptUntil: at('kept_until').notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.hash] }), index('whatsapp_sent_until').on(t.keptUntil)],
)

/** Names one person has on a platform (a phone number, an id without one), each with the address they are known by here. */
export const aliases = pgTable(
  'aliases',
  {
    /** Keyed hash of office, channel and the name. */
    hash: bytes().primaryKey(),
    office: text().notNull(),
    channel: text().notNull(),
    /** As in `conversations`: the name is forgotten with the conversation. */
    addressHash: bytes('address_hash').notNull(),
    /** As in `staff_accounts`: the names of staff are kept while they are staff. */
    accountHash: bytes('account_hash').notNull(),
    wrappedKey: bytes('wrapped_key').notNull(),
    /** The name and the address, as JSON. */
    sealed: bytes().notNull(),
    /** When they last wrote under this name; of one that was only told to us, long ago. */
    lastAt: at('last_at').notNull(),
  },
  t => [index('aliases_address').on(t.addressHash)],
)

/** What platforms charged, as they told: no message and no citizen stands here. */
export const prices = pgTable(
  'prices',
  {
    office: text().notNull(),
    channel: text().notNull(),
    /** The month of the charge in UTC, as 2026-11. */
    month: text().notNull(),
    /** The platform's own words: `utility`, `regular`. */
    category: text().notNull(),
    type: text().notNull(),
    billable: boolean().notNull(),
    messages: integer().notNull(),
  },
  t => [primaryKey({ columns: [t.office, t.channel, t.month, t.category, t.type, t.billable] })],
)

/** Messages whose price was counted, so that one told thrice counts once: keyed hashes that belong to nobody. */
export const pricedMessages = pgTable('priced_messages', {
  messageHash: bytes('message_hash').primaryKey(),
  notedOn: date('noted_on').notNull(),
})

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

export * from './schema-content.ts'
export * from './schema-dashboard.ts'
export * from './schema-outreach.ts'
export * from './schema-standing.ts'
export * from './schema-surveys.ts'
export * from './schema-vacancies.ts'
export * from './schema-wording.ts'
export * from './schema-years.ts'
