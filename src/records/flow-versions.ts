import type { Flow } from '../conversation/flow.ts'
import type { Db } from './db.ts'

/** Keeps every version of a flow that was ever served, until nobody can be walking it any more. */
export async function archiveFlows(db: Db, flows: Flow[]): Promise<void> {
  for (const flow of flows) {
    await db.pool.query(
      `insert into flow_versions (version, name, flow, archived_at) values ($1, $2, $3, now())
       on conflict (version) do update set archived_at = now()`,
      [flow.version, flow.name, JSON.stringify(flow)],
    )
  }
}

/** Versions somebody may stand in: those served within the last 8 days, a draft living 7. */
export async function archivedFlows(db: Db): Promise<Flow[]> {
  const { rows } = await db.pool.query<{ flow: string }>(
    `select flow from flow_versions where archived_at > now() - interval '8 days'
       or exists (select 1 from conversations c where c.flow = flow_versions.name and c.waiting is not null)`,
  )
  return rows.map(({ flow }) => JSON.parse(flow) as Flow)
}
