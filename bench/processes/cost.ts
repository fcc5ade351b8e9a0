import type { Db } from '../../src/records/db.ts'
import type { Program } from '../../test/accept/upgrade/program.ts'
import { cpuOf, cpuOfFamily } from '../durable/cpu.ts'

/** What all programs and the server have used: microseconds of CPU, statements, commits, and transactions that took turns. */
export type Used = { programs: number; server: number; statements: number; commits: number; batches: number }

/** So far. Needs `pg_stat_statements` to be there, and Linux for the times. */
export async function usedBy(programs: readonly Program[], { pool }: Db): Promise<Used> {
  const { rows } = await pool.query<{ pid: number; statements: number; commits: number }>(
    `select pg_backend_pid() as pid, (select sum(calls)::float8 from pg_stat_statements(false)) as statements,
       (select xact_commit::float8 from pg_stat_database where datname = current_database()) as commits`,
  )
  const { pid = 0, statements = 0, commits = 0 } = rows[0] ?? {}
  const times = await Promise.all(programs.map(async program => (await cpuOf(program.pid)) ?? Number.NaN))
  const batches = await Promise.all(programs.map(({ port }) => batchesOf(port)))
  const server = (await cpuOfFamily(pid)) ?? Number.NaN
  return { programs: sum(times), server, statements, commits, batches: sum(batches) }
}

/** What was used between two looks, a turn. */
export function usedATurn(before: Used, after: Used, turns: number): Used {
  const of = (name: keyof Used) => (after[name] - before[name]) / turns
  return {
    programs: of('programs'),
    server: of('server'),
    statements: of('statements'),
    commits: of('commits'),
    batches: of('batches'),
  }
}

async function batchesOf(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Number(/^balai_batches_total (\d+)/m.exec(text)?.[1])
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
