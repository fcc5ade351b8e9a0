import pg from 'pg'
import { connectionOf, type DatabaseAddress } from './address.ts'

/** A connection outside the pool, whose statements may take as long as they take. */
export type OwnClient = {
  client: pg.Client
  /** Throws what it was lost by between two statements, where it was; the next statement would say it late, or not at all. */
  checkLost(): void
}

/** Opens one under a name that the server shows. `types`: how values are read, where that is not as `pg` does. */
export async function openClient(
  address: DatabaseAddress,
  name: string,
  more: Pick<pg.ClientConfig, 'types'> = {},
): Promise<OwnClient> {
  const client = new pg.Client({
    ...connectionOf(address),
    ...more,
    application_name: name,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  })
  let lost: Error | undefined
  client.on('error', error => {
    lost = error
  })
  await client.connect()
  return {
    client,
    checkLost() {
      if (lost) throw lost
    },
  }
}
