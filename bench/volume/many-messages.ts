import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { connectionOf, type DatabaseAddress } from '../../src/records/address.ts'

/** Messages of one statement. */
const TOGETHER = 100_000
/** A citizen says and hears so many things in the time of keeping; every fortieth row is of a desk's group, about a ticket. */
const PER_CHAT = 40

export type Volume = {
  /** Rows of inbox and outbox together, half of each. */
  messages: number
  /** They are spread evenly over so many days up to now. */
  days: number
}

/**
 * Fills inbox, outbox and conversations as the line leaves them behind: in order of time, each chat's numbers rising, every row
 * done, sealed columns of bytes by chance as long as real ones are. Nobody real is in it, and nothing that could be opened.
 */
export async function fillMessages(address: DatabaseAddress, { messages, days }: Volume): Promise<void> {
  const pairs = Math.ceil(messages / 2)
  const chats = Math.ceil(messages / PER_CHAT)
  const noise = randomBytes(65_536)
  await Promise.all([
    fillTable(address, { table: 'conversations', rows: chats, sql: CHATS, values: [noise, days] }),
    fillTable(address, { table: 'inbox', rows: pairs, sql: HEARD, values: [chats, noise, pairs, days] }),
    fillTable(address, { table: 'outbox', rows: pairs, sql: SAID, values: [chats, noise, pairs, days] }),
  ])
  // What was written belongs to the filling, not to what is measured after it.
  await onConnection(address, client => client.query('checkpoint'))
}

type Filling = { table: string; rows: number; sql: string; values: unknown[] }

/** Its indices are made once everything is there: hashes put one by one into an index of millions, each at a place by chance, take hours. */
function fillTable(address: DatabaseAddress, { table, rows, sql, values }: Filling): Promise<void> {
  return onConnection(address, async client => {
    await client.query('set synchronous_commit = off')
    await client.query(`set maintenance_work_mem = '512MB'`)
    const { rows: indices } = await client.query<{ name: string; made: string }>(
      `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as made from pg_index
       where indrelid = $1::regclass and not indisprimary`,
      [table],
    )
    for (const { name } of indices) await client.query(`drop index ${name}`)
    for (let from = 0; from < rows; from += TOGETHER)
      await client.query(sql, [from, Math.min(from + TOGETHER, rows) - 1, ...values])
    for (const { made } of indices) await client.query(made)
    await client.query(`vacuum (analyze) ${table}`)
  })
}

async function onConnection(
  address: DatabaseAddress,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ ...connectionOf(address), application_name: 'fill' })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

// A chat by its number, which steps through all of them in an order that looks like chance.
const CHAT = `md5('chat ' || (n * 7919::bigint % $3::int))::uuid`
const CHANNEL = `(array['telegram', 'whatsapp', 'web'])[1 + n * 7919::bigint % $3::int % 3]`
const AT = `now() - (1 - n::float8 / $5::int) * $6::int * interval '1 day'`
const SEALED = (least: number, most: number) =>
  `substring($4::bytea from (1 + n * 31 % 64000)::int for (${least} + n * 17 % ${most - least})::int)`

const CHATS = `
insert into conversations (id, office, channel, address_hash, party, address, wrapped_key, state, turn, last_seq, language, updated_at)
select md5('chat ' || n)::uuid, 'lhokseumawe', (array['telegram', 'whatsapp', 'web'])[1 + n % 3], sha256(int8send(n)), 'citizen',
  substring($3::bytea from (1 + n % 60000)::int for 60), substring($3::bytea from (1 + n % 61000)::int for 62),
  substring($3::bytea from (1 + n % 62000)::int for 420), ${PER_CHAT / 2}, ${PER_CHAT}, 'id', now() - random() * $4::int * interval '1 hour'
from generate_series($1::bigint, $2::bigint) n`

const HEARD = `
insert into inbox (office, channel, message_hash, address_hash, conversation_id, turn, seq, status, sealed, about, received_at)
select 'lhokseumawe', ${CHANNEL}, sha256(int8send(n)), sha256(int8send(n * 7919 % $3::int)), ${CHAT}, 1 + n / $3::int, 1 + 2 * (n / $3::int),
  'done', ${SEALED(180, 620)}, case when n % 40 = 0 then md5('ticket ' || n / 200)::uuid end, ${AT}
from generate_series($1::bigint, $2::bigint) n`

const SAID = `
insert into outbox (key, office, channel, conversation_id, seq, sender, sealed, about, status, parts_sent, due_at, ref, created_at, sent_at)
select ${CHAT} || '/' || 1 + n / $3::int || '/0', 'lhokseumawe', ${CHANNEL}, ${CHAT}, 2 + 2 * (n / $3::int), 'bot', ${SEALED(220, 900)},
  case when n % 40 = 0 then md5('ticket ' || n / 200)::uuid end, 'sent', 1, ${AT}, (1000000 + n)::text, ${AT}, ${AT}
from generate_series($1::bigint, $2::bigint) n`
