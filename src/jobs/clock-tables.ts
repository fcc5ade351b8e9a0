import { createRequire } from 'node:module'
import { getConstructionPlans, getMigrationPlans } from 'pg-boss'
import type { Queryable } from '../records/db.ts'
import type { Upkeep } from '../records/migrate.ts'

const SCHEMA = 'pgboss'
const { pgboss } = createRequire(import.meta.url)('pg-boss/package.json') as { pgboss: { schema: number } }

/** The number of pg-boss's tables here; undefined where it has none. */
async function versionOf(on: Queryable): Promise<number | undefined> {
  const { rows: tables } = await on.query<{ there: boolean }>(
    `select to_regclass('${SCHEMA}.version') is not null as there`,
  )
  if (!tables[0]?.there) return undefined
  const { rows } = await on.query<{ version: number }>(`select version from ${SCHEMA}.version`)
  return rows[0]?.version
}

/**
 * The tables of what runs by the clock, as this pg-boss wants them. It would make them itself at its start; where the program may make
 * no tables, the owner makes them before.
 */
export const clockTables: Upkeep = {
  isDone: async on => ((await versionOf(on)) ?? 0) >= pgboss.schema,
  async make(on) {
    const version = await versionOf(on)
    await on.query(version === undefined ? getConstructionPlans(SCHEMA) : getMigrationPlans(SCHEMA, version))
  },
}
