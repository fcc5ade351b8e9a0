import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import type { Keyring } from '../../../src/records/keyring.ts'
import { hashOfAddress, hashOfMessage } from '../../../src/records/look-up.ts'
import { createSealing } from '../../../src/records/sealing.ts'
import type { Filed } from './anonymous.ts'
import { rowsAt } from './dump.ts'

/** What in the tables leads from a report to whoever filed it. `times`: moments finer than a day, by column. */
export type Traces = { links: string[]; times: string[] }

/** Looks with our own keys, as somebody would who has everything: whoever sees nothing then has nothing to be forced to show. */
export async function tracesOf(client: pg.Client, keyring: Keyring, filed: Filed): Promise<Traces> {
  const sealing = createSealing(keyring)
  const at = { office: 'medan', channel: 'web', address: filed.address }
  const hashes = filed.ids.map(id => hashOfMessage(sealing, 'medan', 'web', `${filed.address}:${id}`))
  const links: string[] = []
  const times: string[] = []
  const find = async (what: string, into: string[], query: string, values: unknown[]) => {
    const { rowCount } = await client.query(query, values)
    if (rowCount !== 0) into.push(`${what}: ${rowCount}`)
  }
  const address = [hashOfAddress(sealing, at)]
  await find('conversation left', links, 'select 1 from conversations where address_hash = $1', address)
  await find('waiting at the address', links, 'select 1 from inbox where address_hash = $1', address)
  await find(
    'messages with words or a conversation',
    links,
    `select 1 from inbox where message_hash = any($1::bytea[])
       and (conversation_id is not null or sealed is not null or turn is not null or seq is not null)`,
    [hashes],
  )
  await find(
    'message times',
    times,
    `select 1 from inbox where message_hash = any($1::bytea[]) and (${fine('received_at', 'utc')} or due_at is not null)`,
    [hashes],
  )
  const near = await Promise.all(filed.moments.map(moment => rowsAt(client, moment)))
  const report = await tracesOfReport(client, filed.code)
  const moments = new Set(near.flat().map(column => `at that moment: ${column}`))
  return { links: [...links, ...report.links], times: [...times, ...report.times, ...moments] }
}

/** Tickets keep the day of the office (in this zone all that are tried), what came in the day of UTC. */
const fine = (column: string, zone = 'Asia/Jakarta') =>
  `${column} <> date_trunc('day', ${column} at time zone '${zone}') at time zone '${zone}'`

/** What in the rows of the report itself leads to a chat or to a moment. */
export async function tracesOfReport(client: pg.Client, code: string): Promise<Traces> {
  const found: Traces = { links: [], times: [] }
  const find = async (what: string, into: keyof Traces, query: string) => {
    const { rowCount } = await client.query(query, [code])
    if (rowCount !== 0) found[into].push(`${what}: ${rowCount}`)
  }
  const ticket = 'select 1 from tickets where code = $1 and'
  await find('ticket with a conversation', 'links', `${ticket} conversation_id is not null`)
  await find(
    'file with a conversation',
    'links',
    'select 1 from files f join tickets t on t.id = f.ticket_id where code = $1 and f.conversation_id is not null',
  )
  for (const column of ['opened_at', 'updated_at', 'closed_at'])
    await find(column, 'times', `${ticket} ${fine(column)}`)
  for (const [table, column] of Object.entries({ ticket_events: 'happened_at', files: 'stored_at' }))
    await find(
      `${table}.${column}`,
      'times',
      `select 1 from ${table} x join tickets t on t.id = x.ticket_id where code = $1 and ${fine(`x.${column}`)}`,
    )
  return found
}

/** Messages of a channel that belong to no chat any more, and still tell of one, or when they came. */
export async function tracesOfMessages(client: pg.Client, channel: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select id::text from inbox where channel = $1 and conversation_id is null and status = 'done'
       and (sealed is not null or address_hash is not null or turn is not null or due_at is not null or ${fine('received_at', 'utc')})`,
    [channel],
  )
  return rows.map(({ id }) => `${channel}: message ${id}`)
}

/** Files of citizens whose time on the disk is finer than a day. */
export async function finelyTimed(folder: string): Promise<string[]> {
  const fine: string[] = []
  for (const name of await readdir(folder)) {
    const { mtimeMs } = await stat(join(folder, name))
    if (mtimeMs % 86_400_000 !== 0) fine.push(name)
  }
  return fine
}

/** A moment to the second, in the ways it is written as text. */
export function writtenTimes([from, to]: [Date, Date]): string[] {
  const written: string[] = []
  for (let ms = from.getTime(); Math.floor(ms / 1000) <= Math.floor(to.getTime() / 1000); ms += 1000) {
    const iso = new Date(ms).toISOString().slice(0, 19)
    written.push(iso, iso.replace('T', ' '), String(Math.floor(ms / 1000)))
  }
  return written
}
