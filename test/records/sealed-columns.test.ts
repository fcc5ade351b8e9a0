import { expect, it } from 'vitest'
import { houseTables } from '../../src/leave/house-tables.ts'
import { KEYED, SEALED, SEALED_BY_SESSION, SEALED_FILE } from '../../src/records/sealed-columns.ts'
import { testDatabase } from '../helpers/database.ts'

const { db } = await testDatabase()

/** Keyed hashes, and hashes of chance: they say nothing and need no key. */
const HASHES = new Set([
  'aliases.account_hash',
  'aliases.address_hash',
  'aliases.hash',
  'audit_heads.base_hash',
  'audit_heads.hash',
  'audit_heads.seal',
  'audit_log.hash',
  'conversations.address_hash',
  'inbox.address_hash',
  'inbox.message_hash',
  'model_asks.whose',
  'open311_requests.asked_hash',
  'open311_requests.key_hash',
  'outbox.edits',
  'outbox.origin',
  'priced_messages.message_hash',
  'sign_in_links.hash',
  'single_use.hash',
  'staff_accounts.account_hash',
  'staff_sessions.hash',
  'files_sent.address_hash',
  'files_sent.hash',
  'survey_answered.hash',
  'survey_invitations.occasion',
  'talks.speaker',
  'tickets.receipt_hash',
  'whatsapp_heard.hash',
  'whatsapp_keys.hash',
  'whatsapp_sent.hash',
])

it('knows of every column of bytes whether it is a key, a hash, or sealed and how', async () => {
  const tables = await houseTables(db.pool)
  const bytes = tables.flatMap(({ name, columns }) =>
    columns.filter(({ type }) => type === 'bytea').map(column => `${name}.${column.name}`),
  )
  const known = new Set([
    ...HASHES,
    ...Object.keys(KEYED).map(table => `${table}.wrapped_key`),
    ...SEALED.map(({ table, column }) => `${table}.${column}`),
    `${SEALED_BY_SESSION.table}.${SEALED_BY_SESSION.column}`,
    `${SEALED_FILE.table}.${SEALED_FILE.column}`,
  ])
  expect(bytes.filter(name => !known.has(name))).toEqual([])
  expect([...known].filter(name => !bytes.includes(name))).toEqual([])
})
