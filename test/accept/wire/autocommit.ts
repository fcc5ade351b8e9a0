import type { PoolClient } from 'pg'
import type { Db } from '../../../src/records/db.ts'

/** The wrong design: the same statements, each committed by itself. What `begin` and `commit` say is only said. */
export function autocommit(db: Db): Db {
  const connect = async () => {
    const client = await db.pool.connect()
    return new Proxy(client, {
      get(target, name) {
        if (name === 'query')
          return (statement: unknown, ...rest: unknown[]) => alone(target, statement, rest)
        const value = Reflect.get(target, name)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }
  const pool = new Proxy(db.pool, {
    get(target, name) {
      if (name === 'connect') return connect
      const value = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { ...db, pool }
}

async function alone(client: PoolClient, statement: unknown, rest: unknown[]): Promise<unknown> {
  const query = client.query.bind(client) as (statement: unknown, ...rest: unknown[]) => Promise<object>
  if (statement === 'begin' || statement === 'commit' || statement === 'rollback') {
    return { ...(await query('select 1')), command: 'COMMIT' }
  }
  return query(statement, ...rest)
}
