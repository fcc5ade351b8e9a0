/** Where one database is. `host` beginning with a slash is the folder of a Unix socket. */
export type ServerAddress = { host: string; port: number; user: string; database: string; password?: string }

/** A PostgreSQL URL as operators write it, or the parts. */
export type DatabaseAddress = string | ServerAddress

/** The address in the form `pg` takes. */
export function connectionOf(address: DatabaseAddress): { connectionString: string } | ServerAddress {
  return typeof address === 'string' ? { connectionString: address } : address
}
