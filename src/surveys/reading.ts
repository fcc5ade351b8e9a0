import { type Db, type Queryable, transaction } from '../records/db.ts'

/**
 * Everything a report asks, of one moment: nothing can be counted twice or fall between two questions. Turns are planned once and for all
 * and never scan a table, as suits them; a report reads a good part of the ledger, and 100,000 rows that are sorted by eight texts
 * instead of hashed cost it a second and a half.
 */
export function reading<T>(db: Db, work: (on: Queryable) => Promise<T>): Promise<T> {
  return transaction(db, async client => {
    await client.query('set transaction isolation level repeatable read read only')
    await client.query(
      `select set_config(name, value, true) from (values ('plan_cache_mode', 'force_custom_plan'), ('enable_seqscan', 'on'),
         ('enable_sort', 'off'), ('enable_incremental_sort', 'off'), ('work_mem', '64MB')) as s(name, value)`,
    )
    return work(client)
  })
}
