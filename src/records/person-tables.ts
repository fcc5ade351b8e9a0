/**
 * Where something of a citizen may stand. `of` finds it, with their chats as $1 and their reports as $2. `told` is the name DATA SAYA
 * counts it under; where it tells nothing, `untold` says why. HAPUS DATA leaves no row, unless `stays` says what is left and why.
 */
export type PersonTable = { table: string; of: string } & ({ told: string } | { untold: string }) & {
    stays?: string
  }

const CHAT = 'conversation_id = any($1::uuid[])'
const TICKET = 'ticket_id = any($2::uuid[])'
const BOTH = `(${CHAT} or about = any($2::uuid[]))`
const HASHES = 'keyed hashes of words: there is nothing to read in them'

/** A test takes every column of the schema that names a chat, a report or an address, and fails for a table that is not here. */
export const PERSON_TABLES: readonly PersonTable[] = [
  {
    table: 'aliases',
    of: 'address_hash in (select address_hash from conversations where id = any($1::uuid[]))',
    told: 'names',
    stays:
      'until the chat itself is forgotten: its last words still have to arrive. What a linked number knows of them goes with it',
  },
  { table: 'announced', of: CHAT, told: 'announcements' },
  {
    table: 'audit_log',
    of: 'subject in (select code from tickets where id = any($2::uuid[]))',
    untold: 'who of the staff opened what, by its code: the protection officer tells it on request',
    stays: 'for 24 months: it is what shows that nobody looked without a reason',
  },
  { table: 'blocks', of: CHAT, told: 'blocks', stays: 'until it ends, within 30 days at most' },
  { table: 'citizen_zones', of: CHAT, told: 'wishes' },
  { table: 'conversations', of: 'id = any($1::uuid[])', told: 'address' },
  { table: 'files', of: `(${CHAT} or ${TICKET})`, told: 'files' },
  {
    table: 'files_sent',
    of: 'address_hash in (select address_hash from conversations where id = any($1::uuid[]))',
    untold: 'how many files came today: forgotten the day after',
  },
  { table: 'groups', of: CHAT, untold: 'groups of the desks, no chat of a citizen' },
  { table: 'inbox', of: `${BOTH} and sealed is not null`, told: 'messages' },
  { table: 'linked_chats', of: `(${CHAT} or other_id = any($1::uuid[]))`, told: 'links' },
  { table: 'merges', of: TICKET, untold: 'which report another one follows: *status* tells it' },
  { table: 'model_asks', of: `(${CHAT} or ${TICKET}) and sealed is not null`, told: 'messages' },
  {
    table: 'open311_requests',
    of: TICKET,
    untold: 'by whose key a report came: a partner of the office, no citizen',
    stays: 'with the row of the report, without a word of it',
  },
  { table: 'outbox', of: BOTH, told: 'messages' },
  { table: 'questions', of: `(${CHAT} or ${TICKET})`, told: 'questions' },
  { table: 'registrations', of: CHAT, told: 'registrations' },
  { table: 'reminders', of: CHAT, told: 'wishes' },
  {
    table: 'second_persons',
    of: 'subject in (select unnest($2::uuid[])::text)',
    untold: 'who of the staff asked to open an identity: as the audit log',
    stays: 'as the audit log',
  },
  {
    table: 'single_use',
    of: `opens = 'citizen' and whose in (select unnest($1::uuid[])::text)`,
    told: 'links',
  },
  { table: 'subscriptions', of: CHAT, told: 'wishes' },
  { table: 'survey_drafts', of: CHAT, told: 'surveys' },
  { table: 'survey_invitations', of: `(${CHAT} or ${TICKET})`, told: 'surveys' },
  { table: 'talks', of: `(${CHAT} or ${TICKET})`, told: 'messages' },
  {
    table: 'ticket_clocks',
    of: TICKET,
    untold: 'when a report was promised to be answered: *status* tells it',
    stays: 'days and counts, for figures',
  },
  { table: 'ticket_events', of: `${TICKET} and sealed is not null`, told: 'history' },
  { table: 'ticket_search', of: TICKET, untold: HASHES },
  { table: 'ticket_words', of: TICKET, untold: HASHES },
  {
    table: 'tickets',
    of: '(conversation_id = any($1::uuid[]) or (id = any($2::uuid[]) and wrapped_key is not null))',
    told: 'tickets',
  },
  { table: 'tickets_elsewhere', of: TICKET, told: 'elsewhere' },
  {
    table: 'topics',
    of: TICKET,
    untold: 'the thread of a group that cards of a report stood in',
    stays: 'a number of the group; nothing of the report stands there',
  },
]
