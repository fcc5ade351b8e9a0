import { bigint, date, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { at, bytes } from './schema-columns.ts'

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
