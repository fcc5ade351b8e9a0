import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beginChain, type ChainEnd, continueChain, putHead } from '../records/audit-chain.ts'
import type { Queryable } from '../records/db.ts'
import { bytesOf, type JsonRow } from '../records/sealed-columns.ts'
import type { Sealing } from '../records/sealing.ts'
import type { HouseTable } from './house-tables.ts'
import type { Manifest } from './manifest.ts'
import { sealRows } from './seal-rows.ts'

/** Rows written at once. */
const ROWS = 500

/** What is reckoned while tables come in: the chain of each office's audit log. */
export type Chains = Map<string, ChainEnd>

/** Brings one table in, row by row, within the transaction of this client. Throws when other rows are there than were written. */
export async function bringTable(
  client: Queryable,
  sealing: Sealing,
  {
    folder,
    table,
    file,
    chains,
  }: { folder: string; table: HouseTable; file: Manifest['tables'][number]; chains: Chains },
): Promise<void> {
  const { name, counted } = table
  // What triggers did once must not be done to the same rows again.
  await client.query(`alter table ${name} disable trigger user`)
  const lines = createInterface({
    input: createReadStream(join(folder, file.file)),
    crlfDelay: Number.POSITIVE_INFINITY,
  })
  let [waiting, count]: [JsonRow[], number] = [[], 0]
  for await (const line of lines) {
    waiting.push(JSON.parse(line) as JsonRow)
    count += 1
    if (waiting.length === ROWS) {
      await putRows(client, sealing, { table, columns: file.columns, rows: waiting, chains })
      waiting = []
    }
  }
  await putRows(client, sealing, { table, columns: file.columns, rows: waiting, chains })
  await client.query(`alter table ${name} enable trigger user`)
  if (count !== file.rows) throw new Error(`${name}: ${count} rows are there, and ${file.rows} were written.`)
  if (counted !== null && file.columns.includes(counted))
    await client.query(
      `select setval(pg_get_serial_sequence('${name}', '${counted}'), max(${counted})) from ${name} having max(${counted}) is not null`,
    )
}

type Batch = { table: HouseTable; columns: string[]; rows: JsonRow[]; chains: Chains }

async function putRows(
  client: Queryable,
  sealing: Sealing,
  { table, columns, rows, chains }: Batch,
): Promise<void> {
  if (rows.length === 0) return
  const { name } = table
  if (name === 'audit_heads') return beginChains(rows, chains)
  const sealed = await sealRows(client, sealing, name, rows)
  const all = name === 'audit_log' ? [...columns, 'hash'] : columns
  if (name === 'audit_log') for (const row of sealed) row.hash = nextHash(sealing, row, chains)
  await client.query(
    `insert into ${name} (${all.join(', ')}) overriding system value
     select ${all.join(', ')} from jsonb_populate_recordset(null::${name}, $1::jsonb)`,
    [JSON.stringify(sealed)],
  )
}

function beginChains(rows: JsonRow[], chains: Chains): void {
  for (const row of rows) chains.set(String(row.office), beginChain(Number(row.base_number)))
}

function nextHash(sealing: Sealing, row: JsonRow, chains: Chains): string {
  const office = String(row.office)
  const end = continueChain(sealing, chains.get(office) ?? beginChain(0), {
    office,
    number: Number(row.number),
    at: new Date(String(row.at)),
    actor: row.actor === null ? null : String(row.actor),
    action: String(row.action),
    subject: String(row.subject),
    reason: row.reason === null ? null : bytesOf(row.reason),
  })
  chains.set(office, end)
  return `\\x${end.hash.toString('hex')}`
}

/** Where the audit logs end, once all of them are in. */
export async function endChains(client: Queryable, sealing: Sealing, chains: Chains): Promise<void> {
  for (const [office, end] of chains) await putHead(client, sealing, office, end)
}
