import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { type HouseColumn, type HouseTable, houseTables } from '../../src/leave/house-tables.ts'
import { sealRows } from '../../src/leave/seal-rows.ts'
import type { Queryable } from '../../src/records/db.ts'
import type { JsonRow } from '../../src/records/sealed-columns.ts'
import { SEALED } from '../../src/records/sealed-columns.ts'
import type { Sealing } from '../../src/records/sealing.ts'

/** Whose rows they are: what a row names where it names somebody. */
export type Whose = {
  office: string
  conversationId: string
  otherId: string
  ticketId: string
  staffId: string
}

const EARLY = '2026-11-01T00:00:00+00:00'
const SOON = '2099-12-01T00:00:00+00:00'

/** What has to fit the rules of one table. */
const FITTING: Record<string, JsonRow> = {
  announcement_versions: { version: 1, listing_version: null },
  announced: { version: 1, state: 'sent', outbox_id: null },
  inbox: { status: 'done' },
  merges: { before: { status: 'received', desk: 'general', clocks: [] } },
  reminders: { due: SOON, remind_at: SOON, told_due: SOON },
  second_persons: { agreed_by: null, agreed_at: null, refused_at: null },
  staff_duties: { granted_by: null },
  survey_keys: { purpose: 'suggestions', day: '2026-11-01', kept_until: null },
  survey_responses: { month: '2026-11-01', values: [4], whole: true, traits: {} },
  survey_suggestions: { month: '2026-11-01' },
}

const ANNOUNCEMENT = '00000000-0000-4000-8000-0000000000aa'

/** What a column that is no id of a person means, wherever it stands. */
const MEANT: JsonRow = {
  agenda: 'contoh',
  announcement_id: ANNOUNCEMENT,
  opens_at: EARLY,
  round: 'contoh',
  starts_at: EARLY,
  wrapped_key: true,
  zone: 'Asia/Jakarta',
}

/** Whom an id names. */
function personBehind(column: string, { conversationId, otherId, ticketId, staffId }: Whose): string {
  if (column === 'conversation_id') return conversationId
  if (column === 'other_id') return otherId
  if (column === 'ticket_id' || column === 'about') return ticketId
  return /^staff_id$|_by$|_by_id$/.test(column) ? staffId : randomUUID()
}

function madeUp(table: HouseTable, { name, type }: HouseColumn, whose: Whose): unknown {
  const sealed = SEALED.find(one => one.table === table.name && one.column === name)
  if (sealed !== undefined) return sealed.holds === 'json' ? { kata: `${table.name} contoh` } : 'kata contoh'
  if (name === 'id' && table.name === 'announcements') return ANNOUNCEMENT
  if (Object.hasOwn(MEANT, name)) return MEANT[name]
  if (name === 'office') return whose.office
  // Counted by whoever writes it; by chance, so that several people fit into one table.
  if (name === 'number') return randomInt(1, 1_000_000)
  switch (type) {
    case 'uuid':
      return personBehind(name, whose)
    case 'bytea':
      return `\\x${randomBytes(16).toString('hex')}`
    case 'bytea[]':
      return [`\\x${randomBytes(16).toString('hex')}`]
    case 'boolean':
      return false
    case 'date':
      return '2026-11-22'
    case 'timestamp with time zone':
      return '2026-11-22T03:04:05.678901+00:00'
    case 'timestamp with time zone[]':
      return ['2026-11-22T03:04:05.678901+00:00']
    case 'text[]':
      return ['contoh']
    case 'bigint[]':
      return ['-8223372036854775807']
    case 'integer[]':
    case 'smallint[]':
      return [1]
    case 'jsonb':
      return { contoh: 1 }
    case 'text':
      return 'contoh'
    default:
      return 1
  }
}

/** One row of this person, or of nobody, in every table that has none; but the house's own facts and the chain of the log. */
export async function fillTables(on: Queryable, sealing: Sealing, whose: Whose): Promise<string[]> {
  const filled: string[] = []
  for (const table of await houseTables(on)) {
    if (['house', 'audit_log', 'audit_heads'].includes(table.name)) continue
    const { rowCount } = await on.query(`select 1 from ${table.name} limit 1`)
    if (rowCount !== 0) continue
    await putRow(on, sealing, table, whose)
    filled.push(table.name)
  }
  return filled
}

/** One row of this person in this table. */
export async function putRow(
  on: Queryable,
  sealing: Sealing,
  table: HouseTable,
  whose: Whose,
): Promise<void> {
  const columns = table.columns.filter(({ name }) => name !== table.counted)
  const plain = Object.fromEntries(columns.map(column => [column.name, madeUp(table, column, whose)]))
  // A desk's chat is not this person's.
  const ofDesk = table.name === 'groups' || table.name === 'topics' ? { conversation_id: whose.otherId } : {}
  const [row] = await sealRows(on, sealing, table.name, [{ ...plain, ...ofDesk, ...FITTING[table.name] }])
  const names = columns.map(({ name }) => name).join(', ')
  await on.query(
    `insert into ${table.name} (${names}) select ${names} from jsonb_populate_recordset(null::${table.name}, $1::jsonb)`,
    [JSON.stringify([row])],
  )
}
