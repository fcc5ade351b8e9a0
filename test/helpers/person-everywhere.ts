import { randomUUID } from 'node:crypto'
import { HELD } from '../../src/actions/my-data.ts'
import { wipeDue } from '../../src/inbox/wipe.ts'
import { houseTables } from '../../src/leave/house-tables.ts'
import type { Db, Queryable } from '../../src/records/db.ts'
import { PERSON_TABLES, type PersonTable } from '../../src/records/person-tables.ts'
import type { Sealing } from '../../src/records/sealing.ts'
import { addStaff } from '../../src/records/staff.ts'
import { forgetAliases } from '../../src/records/whatsapp-aliases.ts'
import { putRow } from './full-house.ts'

/** A line with somebody to speak on it; where an ordinary report is filed. */
export type Spoken = {
  office: string
  room: { sealing: Sealing }
  say(who: string, text: string): Promise<unknown>
  file(who: string): Promise<unknown>
  quiet(): Promise<void>
  /** What this citizen was told, oldest first. */
  heard(who: string): string[]
}

/** Columns by which a row is somebody's: a chat, a report, an address. */
const LINKS = new Map([
  ['conversation_id', 'uuid'],
  ['other_id', 'uuid'],
  ['ticket_id', 'uuid'],
  ['about', 'uuid'],
  ['merged_into', 'uuid'],
  ['address_hash', 'bytea'],
  ['whose', 'text'],
  ['subject', 'text'],
])

/** Tables of the schema with such a column that are on no list, and tables of the list that are not in the schema. */
export async function unlisted(
  on: Queryable,
  list: readonly PersonTable[] = PERSON_TABLES,
): Promise<string[]> {
  const tables = await houseTables(on)
  const linked = tables.filter(({ columns }) => columns.some(({ name, type }) => LINKS.get(name) === type))
  const known = new Set(list.map(({ table }) => table))
  return [
    ...linked.filter(({ name }) => !known.has(name)).map(({ name }) => name),
    ...list.filter(({ table }) => !tables.some(({ name }) => name === table)).map(({ table }) => table),
  ]
}

export type Everywhere = { who: string; chats: string[]; tickets: string[] }

/** A person who has filed a report, and of whom something stands in every table of the list. */
export async function personEverywhere(line: Spoken, db: Db, who: string): Promise<Everywhere> {
  const { sealing } = line.room
  await line.say(who, 'privasi')
  await line.file(who)
  const hash = sealing.hash('address', line.office, 'telegram', who)
  const { rows } = await db.pool.query<{ chat: string; ticket: string }>(
    `select c.id as chat, t.id as ticket from conversations c join tickets t on t.conversation_id = c.id where c.address_hash = $1`,
    [hash],
  )
  const [{ chat, ticket } = { chat: '', ticket: '' }] = rows
  const staffId = await addStaff(db.pool, sealing, {
    office: line.office,
    name: `Rina ${who}`,
    role: 'head',
    desks: null,
  })
  const everywhere = { who, chats: [chat], tickets: [ticket] }
  const whose = {
    office: line.office,
    conversationId: chat,
    otherId: randomUUID(),
    ticketId: ticket,
    staffId,
  }
  for (const table of await houseTables(db.pool)) {
    const listed = PERSON_TABLES.find(one => one.table === table.name)
    // Registrations need an event, an announcement its version.
    const isNeeded = ['agenda_items', 'announcements', 'announcement_versions'].includes(table.name)
    if (listed === undefined && !isNeeded) continue
    if (table.name === 'audit_log' || table.name === 'groups') continue
    if (listed !== undefined && (await rowsOf(db.pool, listed, everywhere)) > 0) continue
    if (isNeeded && ((await db.pool.query(`select 1 from ${table.name}`)).rowCount ?? 0) > 0) continue
    await putRow(db.pool, sealing, table, whose)
  }
  await fitToPerson(db, hash, everywhere)
  return everywhere
}

/** What no list of columns can know: whose words and names these are. */
async function fitToPerson(db: Db, hash: Buffer, { chats, tickets }: Everywhere): Promise<void> {
  const { pool } = db
  await pool.query(
    `update aliases set address_hash = $1, last_at = now() - interval '2 hours'
     where address_hash not in (select address_hash from conversations)`,
    [hash],
  )
  await pool.query('update files_sent set address_hash = $1', [hash])
  await pool.query(`update single_use set opens = 'citizen', whose = $1 where whose = 'contoh'`, [chats[0]])
  await pool.query(`update second_persons set subject = $1 where subject = 'contoh'`, [tickets[0]])
  await pool.query(`update citizen_zones set zone = 'Asia/Makassar' where conversation_id = $1`, [chats[0]])
  await pool.query(`update blocks set until = 'epoch' where conversation_id = $1`, [chats[0]])
  await pool.query(`update agenda_items set ends_at = '2099-12-01'`)
}

async function rowsOf(
  on: Queryable,
  { table, of }: PersonTable,
  { chats, tickets }: Everywhere,
): Promise<number> {
  const { rows } = await on.query<{ count: number }>(
    `select count(*)::int as count from ${table} where ${of} and $1::uuid[] is not null and $2::uuid[] is not null`,
    [chats, tickets],
  )
  return rows[0]?.count ?? 0
}

/** Tables of the list, and whether this person is in them. */
export async function standsIn(on: Queryable, person: Everywhere): Promise<string[]> {
  const found: string[] = []
  for (const one of PERSON_TABLES) if ((await rowsOf(on, one, person)) > 0) found.push(one.table)
  return found
}

/** What DATA SAYA did not tell of: names of `HELD` with nothing counted. */
export async function untold(line: Spoken, { who }: Everywhere): Promise<string[]> {
  await line.say(who, 'data saya')
  await line.quiet()
  const text = line.heard(who).at(-1) ?? ''
  return Object.entries(HELD)
    .filter(([, { id }]) => !new RegExp(`[1-9]\\d* ${id}`).test(text))
    .map(([name]) => name)
}

/** Tables HAPUS DATA left somebody in, but those that say why. */
export async function leftAfterErasing(line: Spoken, db: Db, person: Everywhere): Promise<string[]> {
  await line.say(person.who, 'hapus data')
  await line.say(person.who, 'HAPUS')
  await line.quiet()
  await wipeDue(db, line.room.sealing)
  await forgetAliases({ db, sealing: line.room.sealing })
  const stays = new Set(PERSON_TABLES.filter(one => one.stays !== undefined).map(({ table }) => table))
  return (await standsIn(db.pool, person)).filter(table => !stays.has(table))
}
