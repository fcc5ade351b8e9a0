import type { Flow } from '../conversation/flow.ts'
import type { Db, Queryable } from './db.ts'

const MAY_STAND = `(archived_at > now() - interval '8 days'
  or version in (select unnest(array[c.version, c.parked]) from conversations c where c.waiting is not null))`

/**
 * Keeps every version of a flow that was ever served, until nobody can be walking it any more: then it is deleted, by the
 * next one who archives. To be called with all that is served now.
 */
export async function archiveFlows(db: Db, flows: Flow[]): Promise<void> {
  for (const flow of flows) {
    await db.pool.query(
      `insert into flow_versions (version, name, flow, archived_at) values ($1, $2, $3, now())
       on conflict (version) do update set archived_at = now()`,
      [flow.version, flow.name, JSON.stringify(flow)],
    )
  }
  await db.pool.query(`delete from flow_versions where not coalesce(${MAY_STAND}, false)`)
}

/** Versions somebody may stand in: those served within the last 8 days, a draft living 7, and those of any draft there is. */
export async function archivedFlows(db: Db): Promise<Flow[]> {
  const { rows } = await db.pool.query<{ flow: string }>(`select flow from flow_versions where ${MAY_STAND}`)
  return rows.map(({ flow }) => JSON.parse(flow) as Flow)
}

/** Those of these versions that are archived, whoever served them. */
export async function flowsOfVersions(on: Queryable, versions: string[]): Promise<Flow[]> {
  const { rows } = await on.query<{ flow: string }>(
    'select flow from flow_versions where version = any($1::text[])',
    [versions],
  )
  return rows.map(({ flow }) => JSON.parse(flow) as Flow)
}
