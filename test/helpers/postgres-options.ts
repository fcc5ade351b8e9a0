import type { DatabaseAddress, ServerAddress } from '../../src/records/address.ts'

type PostgresOptions = ServerAddress & { username: string; max: number; onnotice: () => void }

/** Our address as postgres.js takes it: a pool of one, which is where its defects show. */
export function postgresOptions(address: DatabaseAddress): PostgresOptions {
  const parts = typeof address === 'string' ? partsOf(new URL(address)) : address
  return { ...parts, username: parts.user, max: 1, onnotice: () => undefined }
}

function partsOf(url: URL): ServerAddress {
  const user = decodeURIComponent(url.username)
  const password = decodeURIComponent(url.password)
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user,
    password,
    database: url.pathname.slice(1),
  }
}
