import pg from 'pg'
import { connectionOf, type DatabaseAddress } from '../../../src/records/address.ts'
import { client } from '../../helpers/whatsapp/client.ts'
import type { FakeWhatsApp } from '../../helpers/whatsapp/fake-whatsapp.ts'
import type { OfficeNumber } from '../../helpers/whatsapp/number.ts'

/** The client one would write first: it stores what it is told of, by when WhatsApp has long heard that it is there. */
export async function openNaiveClient(
  whatsapp: FakeWhatsApp,
  number: OfficeNumber,
  database: DatabaseAddress,
): Promise<{ stored(): Promise<number>; close(): Promise<void> }> {
  const pool = new pg.Pool({
    ...connectionOf(database),
    max: 4,
    connectionTimeoutMillis: 1500,
    query_timeout: 3000,
  })
  const calm = () => undefined
  pool.on('error', calm)
  pool.on('connect', one => one.on('error', calm))
  await pool.query('create table naive_said (id text primary key)')
  const bot = client(whatsapp)
  await bot.links(number)
  bot.sock.ev.on('messages.upsert', ({ messages }) => {
    for (const { key } of messages)
      pool.query('insert into naive_said values ($1) on conflict do nothing', [key.id]).catch(calm)
  })
  return {
    async stored() {
      const { rows } = await pool.query<{ count: string }>('select count(*) from naive_said')
      return Number(rows[0]?.count)
    },
    async close() {
      await bot.closes()
      await pool.end()
    },
  }
}
