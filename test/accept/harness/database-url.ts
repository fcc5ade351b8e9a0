import type { ServerAddress } from '../../../src/records/address.ts'

/** The same address as `DATABASE_URL` has it. */
export function databaseUrl({ host, port, user, password, database }: ServerAddress): string {
  const who = password === undefined ? user : `${user}:${encodeURIComponent(password)}`
  return `postgres://${who}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`
}
