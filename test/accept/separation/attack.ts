import type pg from 'pg'

/** A table that holds answers, and the column of them. */
export type Ledger = { table: string; values: string }

/** What somebody with a whole dump makes of a ledger. */
export type Found = {
  /** Ids, hashes and keys that stand in the ledger and in another table as well. */
  keysInCommon: number
  /** Columns with a moment in them. */
  moments: number
  /** Responses given to the right citizen by the order of rows alone, when citizens are put in the order they finished in. */
  byOrder: number
  /** How much the two orders agree, from -1 to 1. */
  agreement: number
}

/**
 * Tries every way there is from a response to a citizen in what a dump holds. `finished` are the answers of the citizens in the order they
 * finished: an attacker reads that order from when they last wrote; here it is simply given, which is more than a dump tells.
 */
export async function attack(client: pg.Client, ledger: Ledger, finished: string[]): Promise<Found> {
  const { rows } = await client.query<{ line: string; given: string }>(
    `select t::text as line, array_to_string(${ledger.values}, '') as given from ${ledger.table} t`,
  )
  const order = rows.map(({ given }) => finished.indexOf(given)).filter(place => place !== -1)
  return {
    keysInCommon: await keysElsewhere(
      client,
      ledger.table,
      rows.map(({ line }) => line),
    ),
    moments: await moments(client, ledger.table),
    byOrder: order.filter((place, row) => place === row).length,
    agreement: agreement(order),
  }
}

/** Longer than any version or code: ids and hashes alone. */
const KEY = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32,}/g

async function keysElsewhere(client: pg.Client, table: string, lines: string[]): Promise<number> {
  const keys = new Set(lines.flatMap(line => line.match(KEY) ?? []))
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') and tablename <> $1`,
    [table],
  )
  let found = 0
  for (const { name } of tables) {
    const { rows } = await client.query<{ line: string }>(`select t::text as line from ${name} t`)
    const here = new Set(rows.flatMap(({ line }) => line.match(KEY) ?? []))
    found += [...keys].filter(key => here.has(key)).length
  }
  return found
}

async function moments(client: pg.Client, table: string): Promise<number> {
  const { rowCount } = await client.query(
    `select 1 from information_schema.columns where table_name = $1 and data_type in ('timestamp with time zone', 'time without time zone')`,
    [table],
  )
  return rowCount ?? 0
}

/** The correlation of ranks. */
function agreement(order: number[]): number {
  const n = order.length
  if (n < 2) return 0
  const squares = order.reduce((so, place, row) => so + (place - row) ** 2, 0)
  return Math.round((1 - (6 * squares) / (n * (n * n - 1))) * 100) / 100
}
