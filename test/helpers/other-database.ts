import type { DatabaseAddress } from '../../src/records/address.ts'

/** The same server, another database. */
export function otherDatabase(server: DatabaseAddress, database: string): DatabaseAddress {
  if (typeof server !== 'string') return { ...server, database }
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
