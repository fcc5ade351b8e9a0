import { type Db, openDb } from '../../src/records/db.ts'
import type { MigratedDatabase } from './database.ts'

/** How a statement was really carried out, as the server tells it. */
export type Watched = { text: string; ms: number; read: number; returned: number; nodes: string[] }

type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Rows Removed by Join Filter'?: number
  Plans?: Node[]
}

/**
 * The same database by a pool whose every statement is told with its plan, by PostgreSQL's own auto_explain: planned and carried out just
 * as the house's pool does it. Tables read are summed over all their scans, with what filters threw away.
 */
export async function watchPlans({
  address,
  owner,
}: MigratedDatabase): Promise<{ db: Db; watched: Watched[] }> {
  const { rows } = await owner.db.pool.query<{ name: string }>('select current_database() as name')
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_timing': 'off',
    'auto_explain.log_format': 'json',
    'auto_explain.log_level': 'notice',
  }
  for (const [name, value] of Object.entries(settings))
    await owner.db.pool.query(`alter database ${rows[0]?.name} set ${name} = '${value}'`)
  const watching = openDb(address, { max: 5 })
  const watched: Watched[] = []
  watching.pool.on('connect', client =>
    client.on('notice', ({ message = '' }) => {
      const json = message.slice(message.indexOf('{'))
      if (!message.includes('plan:')) return
      const told = JSON.parse(json) as { 'Query Text': string; Plan: Node }
      const scans = scansIn(told.Plan)
      watched.push({
        text: told['Query Text'].replace(/\s+/g, ' ').trim(),
        ms: Number(/duration: ([\d.]+)/.exec(message)?.[1]),
        read: scans.reduce((sum, node) => sum + readBy(node), 0),
        returned: told.Plan['Actual Rows'] * told.Plan['Actual Loops'],
        nodes: scans.map(
          node => `${node['Node Type']} ${node['Index Name'] ?? node['Relation Name']}: ${readBy(node)}`,
        ),
      })
    }),
  )
  return { db: watching, watched }
}

function scansIn(node: Node): Node[] {
  const below = (node.Plans ?? []).flatMap(scansIn)
  // What a bitmap of an index found is counted where its rows are read.
  const isScan = node['Relation Name'] !== undefined && / Scan$/.test(node['Node Type'])
  return isScan ? [node, ...below] : below
}

function readBy(node: Node): number {
  const each =
    node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return Math.round(each * node['Actual Loops'])
}
