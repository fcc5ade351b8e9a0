import { randomUUID } from 'node:crypto'
import { tellingWords } from '../../src/actions/telling-words.ts'
import type { Db } from '../../src/records/db.ts'
import type { Sealing } from '../../src/records/sealing.ts'
import { newTicketCode } from '../../src/records/ticket-code.ts'
import { sealFields } from '../../src/records/ticket-words.ts'

/** Rows of one statement. */
const TOGETHER = 2000
const YEARS_MS = 3 * 365 * 86_400_000
/** Of a thousand tickets so many are still worked on, wait, or were answered lately; the others have ended. */
const OPEN = [
  { status: 'in_progress', of: 12 },
  { status: 'received', of: 6 },
  { status: 'waiting_citizen', of: 3 },
  { status: 'answered', of: 4 },
]
const WHAT = ['Lampu', 'Jalan', 'Antrean', 'Air', 'Sampah', 'Parkir', 'Drainase', 'Trotoar']
const HOW = ['padam total', 'rusak parah', 'lama sekali', 'tidak mengalir', 'menumpuk', 'tergenang']

/** Fills a database with tickets of three years as an office leaves them behind, `from` … `to` of them. The same number is the same ticket. */
export async function fillTickets(
  db: Db,
  sealing: Sealing,
  { from, to }: { from: number; to: number },
): Promise<void> {
  for (let start = from; start < to; start += TOGETHER) {
    const numbers = Array.from({ length: Math.min(TOGETHER, to - start) }, (_, n) => start + n)
    await insert(
      db,
      numbers.map(number => made(sealing, number)),
      sealing,
    )
  }
  // Their words were read as they were filed; and vacuum came by, as it does with years.
  await db.pool.query(
    `insert into house (name, value) select 'search read to', max(updated_at)::text from tickets
     on conflict (name) do update set value = excluded.value`,
  )
  await vacuum(db)
}

async function vacuum(db: Db): Promise<void> {
  const client = await db.pool.connect()
  try {
    await client.query('set statement_timeout = 0')
    const tables = ['tickets', 'ticket_events', 'ticket_clocks', 'ticket_search']
    for (const table of tables) {
      const patient = { text: `vacuum (analyze) ${table}`, query_timeout: 600_000 }
      await client.query(patient)
    }
  } finally {
    client.release(true)
  }
}

function made(sealing: Sealing, number: number) {
  const id = randomUUID()
  const { key, wrapped } = sealing.newKey(`tickets.${id}`)
  const now = Date.now()
  const openedAt = new Date(now - ((number * 7919) % 1_000_003) * (YEARS_MS / 1_000_003))
  const place = number % 1000
  let share = 0
  const open = OPEN.find(({ of }) => {
    share += of
    return place < share
  })
  const description = `${WHAT[number % WHAT.length]} ${HOW[number % HOW.length]} di simpang nomor${'abcdefghij'[number % 10]}${'klmnopqrst'[(number >> 4) % 10]}`
  // What is open is of the last weeks, whatever its state.
  const at = open === undefined ? openedAt : new Date(now - ((number * 7919) % 41) * 86_400_000)
  return {
    id,
    code: newTicketCode('LSM', at.toISOString()),
    wrapped,
    fields: sealFields(sealing, key, id, { topic: 'layanan', description, place: 'Simpang' }),
    status: open?.status ?? 'closed',
    openedAt: at,
    due: new Date(at.getTime() + 7 * 86_400_000).toISOString().slice(0, 10),
    words: [...tellingWords(description)],
    kind: ['complaint', 'complaint', 'aspiration', 'information'][number % 4] ?? 'complaint',
  }
}

async function insert(db: Db, tickets: ReturnType<typeof made>[], sealing: Sealing): Promise<void> {
  const column = <T>(of: (ticket: ReturnType<typeof made>) => T) => tickets.map(of)
  const hashes = (words: string[]) =>
    words.map(word => sealing.hash('search word', 'lhokseumawe', word).readBigInt64BE(0))
  const values = [
    column(({ id }) => id),
    column(({ code }) => code),
    column(({ wrapped }) => wrapped),
    column(({ fields }) => fields),
    column(({ status }) => status),
    column(({ openedAt }) => openedAt),
    column(({ due }) => due),
    column(({ kind }) => kind),
    column(({ words }) => `{${hashes(words).join(',')}}`),
  ]
  const patient = {
    text: `with t as (
        select * from unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[], $5::text[], $6::timestamptz[], $7::date[], $8::text[], $9::text[])
          as t(id, code, wrapped_key, fields, status, at, due, kind, words)
      ), filed as (
        insert into tickets (id, office, code, kind, restricted, anonymous, confidential, desk, status, wrapped_key, fields, opened_at,
          answer_due, resolve_due, closed_at, updated_at)
        select id, 'lhokseumawe', code, kind, false, false, false, 'general', status, wrapped_key, fields, at, due, due + 7,
          case when status = 'closed' then at + interval '3 days' end, at
        from t on conflict (code) do nothing returning id, opened_at, status
      ), told as (
        insert into ticket_events (ticket_id, type, visible, happened_at)
        select id, 'opened', true, opened_at from filed
        union all select id, 'replied', true, opened_at + interval '30 hours' from filed where status in ('closed', 'answered')
      ), clocks as (
        insert into ticket_clocks (ticket_id, name, rule, rests, anew, turns, done, next_at)
        select id, 'answer', 'answer', '{waiting_citizen}', true, array[opened_at], status <> 'received',
          case when status = 'received' then opened_at + interval '7 days' end from filed where status <> 'closed'
      )
      insert into ticket_search (ticket_id, words, read_to)
      select t.id, t.words::bigint[], t.at from t where exists (select 1 from filed where filed.id = t.id)`,
    values,
    query_timeout: 120_000,
  }
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    await client.query('set local statement_timeout = 120000')
    // The search row refers to a ticket of the same statement.
    await client.query('set local session_replication_role = replica')
    await client.query(patient)
    await client.query('commit')
  } finally {
    client.release()
  }
}
