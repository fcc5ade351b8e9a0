import { bigint, boolean, date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { at, bytes } from './schema-columns.ts'

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
