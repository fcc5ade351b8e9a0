import type { DatabaseAddress } from '../../src/records/address.ts'

/** The same server, another database. */
export function otherDatabase(server: DatabaseAddress, database: string): DatabaseAddress {
  if (typeof server !== 'string') return { ...server, database }
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}

/** A role of the server, and what it signs in with where that is asked for. */
export type Role = { user: string; password?: string }

/** The same database, another role. */
export function asRole(address: DatabaseAddress, { user, password }: Role): DatabaseAddress {
  if (typeof address !== 'string') {
    const { password: _, ...place } = address
    return { ...place, user, ...(password === undefined ? {} : { password }) }
  }
  const url = new URL(address)
  url.username = user
  url.password = password ?? ''
  return url.href
}
