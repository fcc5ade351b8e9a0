import type { Place } from './sealing.ts'

/** A row as JSON, by column; bytes as PostgreSQL writes them: `\x` and hex. */
export type JsonRow = Record<string, unknown>

/** Tables whose rows have a data key of their own in `wrapped_key`, and what that key is sealed to. */
export const KEYED: Readonly<Record<string, (row: JsonRow) => Place>> = {
  aliases: row => `aliases.${hexOf(row.hash)}`,
  conversations: row => `conversations.${row.id}`,
  files: row => `files.${row.id}`,
  questions: row => `questions.${row.id}`,
  registrations: row => `registrations.${row.id}`,
  staff: row => `staff.${row.id}`,
  survey_drafts: row => `survey_drafts.${row.id}`,
  survey_keys: row => `survey_keys.${row.purpose}.${row.office}.${row.day}`,
  tickets: row => `tickets.${row.id}`,
  uploads: row => `uploads.${row.id}`,
  whatsapp_sessions: row => `whatsapp_sessions.${row.office}`,
}

/** Under what a value is sealed: the key of its own row, the outer key itself, or the key of the row of `table` that `by` names. */
export type Under = 'own' | 'loose' | { table: string; by: string }

export type SealedColumn = {
  table: string
  column: string
  under: Under
  place(row: JsonRow): Place
  holds: 'text' | 'json'
  /** Rows of which it holds; where there are two, one of them does. */
  of?(row: JsonRow): boolean
}

const ofConversation: Under = { table: 'conversations', by: 'conversation_id' }
const ofTicket: Under = { table: 'tickets', by: 'ticket_id' }
/** A key of a month of an office, not of a row that is named: see `keyJoin`. */
const ofMonth: Under = { table: 'survey_keys', by: 'month' }
const ofStaff = (by: string): Under => ({ table: 'staff', by })
const isTurn = (row: JsonRow) => row.status === 'done'
const inboxPlace = (row: JsonRow): Place => `inbox.${bytesOf(row.message_hash).toString('base64url')}`

function sealed(
  name: `${string}.${string}`,
  under: Under,
  holds: 'text' | 'json',
  place: (row: JsonRow) => Place,
  of?: (row: JsonRow) => boolean,
): SealedColumn {
  const [table = '', column = ''] = name.split('.')
  return { table, column, under, holds, place, ...(of === undefined ? {} : { of }) }
}

/**
 * Every sealed value of the database: what its key is, and where it stands. Who writes such a value has its place in their own file; a
 * test opens one of each by this list, and fails for a column of bytes that is on no list.
 */
export const SEALED: readonly SealedColumn[] = [
  sealed('aliases.sealed', 'own', 'json', row => `aliases.${hexOf(row.hash)}`),
  sealed('audit_log.reason', ofStaff('actor'), 'text', row => `audit_log.reason.${row.office}.${row.number}`),
  sealed('conversations.address', 'own', 'text', row => `conversations.address.${row.id}`),
  sealed('conversations.state', 'own', 'json', row => `conversations.state.${row.id}`),
  sealed('groups.moved_to', ofConversation, 'text', row => `groups.moved_to.${row.conversation_id}`),
  sealed('inbox.sealed', ofConversation, 'json', inboxPlace, isTurn),
  sealed('inbox.sealed', 'loose', 'json', inboxPlace, row => !isTurn(row)),
  sealed('model_asks.sealed', 'loose', 'json', row => `modelAsks.${row.id}`),
  sealed('outbox.sealed', ofConversation, 'json', row => `outbox.${row.key}`),
  sealed('questions.sealed', 'own', 'text', row => `questions.text.${row.id}`),
  sealed('registrations.answers', 'own', 'json', row => `registrations.answers.${row.id}`),
  sealed(
    'second_factors.secret',
    ofStaff('staff_id'),
    'text',
    row => `second_factors.secret.${row.staff_id}`,
  ),
  sealed('second_persons.reason', ofStaff('asked_by'), 'text', row => `second_persons.reason.${row.id}`),
  sealed(
    'staff_accounts.account',
    ofStaff('staff_id'),
    'text',
    row => `staff_accounts.account.${row.staff_id}`,
  ),
  sealed('survey_drafts.sealed', 'own', 'json', row => `survey_drafts.sealed.${row.id}`),
  sealed('survey_suggestions.sealed', ofMonth, 'text', row => `survey_suggestions.${row.id}`),
  sealed('ticket_events.sealed', ofTicket, 'json', row => `ticketEvents.${row.ticket_id}`),
  sealed('tickets.fields', 'own', 'json', row => `tickets.fields.${row.id}`),
  sealed('tickets.taken_by', 'own', 'text', row => `tickets.takenBy.${row.id}`),
  sealed('whatsapp_heard.sealed', 'loose', 'text', row => `whatsapp_heard.${hexOf(row.hash)}`),
  sealed('whatsapp_sent.sealed', 'loose', 'text', row => `whatsapp_sent.${hexOf(row.hash)}`),
  sealed('whatsapp_sessions.asked_for', 'loose', 'text', row => `whatsapp_sessions.asked.${row.office}`),
  sealed('whatsapp_sessions.shown', 'loose', 'text', row => `whatsapp_sessions.shown.${row.office}`),
]

/** Sealed under the key of its office's session; only whoever links the number reads them. */
export const SEALED_BY_SESSION = { table: 'whatsapp_keys', column: 'sealed' } as const

/** A whole file under the key of its row, which is gone within the hour: bytes, neither text nor JSON. */
export const SEALED_FILE = { table: 'uploads', column: 'sealed' } as const

/** How another table's row that holds the data key is found: SQL that names it `k` beside the row `t`. */
export function keyJoin({ table, by }: Exclude<Under, string>): string {
  if (table === 'survey_keys')
    return `left join survey_keys k on k.purpose = 'suggestions' and k.office = t.office and k.day = t.${by}`
  return `left join ${table} k on k.id = t.${by}`
}

/** The row that holds the data key, as far as its place needs it. */
export function keyHolder({ table, by }: Exclude<Under, string>, row: JsonRow): JsonRow {
  if (table === 'survey_keys') return { purpose: 'suggestions', office: row.office, day: row[by] }
  return { id: row[by] }
}

/** The bytes of a value as PostgreSQL writes them in JSON. */
export function bytesOf(value: unknown): Buffer {
  const text = String(value)
  if (!text.startsWith('\\x')) throw new Error('Not bytes as PostgreSQL writes them.')
  return Buffer.from(text.slice(2), 'hex')
}

function hexOf(value: unknown): string {
  return bytesOf(value).toString('hex')
}
