import { randomUUID } from 'node:crypto'
import { fillMessages } from '../../../bench/volume/many-messages.ts'
import { type Keeping, USUAL_DAYS } from '../../../src/offices/keeping-days.ts'
import { type Db, transaction } from '../../../src/records/db.ts'
import { keepQuestions } from '../../../src/records/questions.ts'
import type { Pages } from '../harness/desk-pages.ts'
import type { Records } from '../harness/server.ts'

const OFFICES = ['lhokseumawe', 'medan']
const TICKETS = 60
const DAYS = 200

/** A house of two offices with something of every class and age: messages of the last two hundred days, tickets closed over two years. */
export async function ageHouse(records: Records, pages: Pages, messages: number): Promise<void> {
  const { db, address } = records
  await fillMessages(address, { messages, days: DAYS })
  const slowly = { query_timeout: 120_000 }
  await transaction(db, async client => {
    await client.query('set local statement_timeout = 120000')
    // Ages are whole days and a half: nothing comes of age while it is counted.
    // Chats came to rest on any of the days.
    await client.query(
      `update conversations set updated_at = now() - ('x' || substr(md5(id::text), 3, 4))::bit(16)::int % ${DAYS} * interval '1 day'`,
    )
    for (const [table, at] of Object.entries({
      inbox: 'received_at',
      outbox: 'created_at',
      conversations: 'updated_at',
    }))
      await client.query({
        ...slowly,
        text: `update ${table} set office = case when md5(id::text) < '8' then 'medan' else office end,
          ${at} = now() - interval '12 hours' - extract(day from now() - ${at}) * interval '1 day'`,
      })
    // Nothing was said in a chat after it came to rest.
    for (const [table, at] of Object.entries({ inbox: 'received_at', outbox: 'created_at' }))
      await client.query({
        ...slowly,
        text: `delete from ${table} m using conversations c where c.id = m.conversation_id and m.${at} > c.updated_at`,
      })
    // Every tenth of those that were heard belongs to nobody.
    await client.query({
      ...slowly,
      text: 'update inbox set conversation_id = null, turn = null, seq = null, sealed = null where id % 10 = 0',
    })
    // What waits is never forgotten, whatever its age, as long as its chat is there.
    await client.query(
      `update outbox set status = 'held' where id in (
         select o.id from outbox o join conversations c on c.id = o.conversation_id
         where c.updated_at > now() - interval '40 days' order by o.id limit 20)`,
    )
  })
  for (const office of OFFICES) {
    const description = 'Antrean di loket contoh berjam-jam.'
    await pages.files(
      Array.from({ length: TICKETS }, () => ({ description })),
      office,
    )
    await db.pool.query(
      `insert into long_options (office, token, option, kept_at)
       select $1, 'token' || n, 'option', now() - (n - 0.5) * interval '1 day' from generate_series(1, ${DAYS}) n`,
      [office],
    )
    await transaction(db, client =>
      keepQuestions(
        client,
        records.sealing,
        Array.from({ length: DAYS }, (_, n) => ({
          office,
          conversationId: randomUUID(),
          ticketId: null,
          reason: 'unknown' as const,
          article: null,
          words: [],
          text: 'Di mana loket contoh?',
          at: new Date(Date.now() - (n + 0.5) * 86_400_000),
        })),
      ),
    )
  }
  await db.pool.query(
    `update tickets set status = 'closed', closed_at = now() - n * interval '13 days', updated_at = now() - n * interval '13 days'
     from (select id, row_number() over (partition by office order by id) as n from tickets) t where t.id = tickets.id and n % 5 > 0`,
  )
}

// Reckoned apart from what forgets: each with its own table, in plain words of SQL.
const CLASSES: Record<string, { table: string; kept: keyof typeof USUAL_DAYS; what: string; since: string }> =
  {
    heard: { table: 'inbox', kept: 'words', what: 'conversation_id is not null', since: 'received_at' },
    said: { table: 'outbox', kept: 'words', what: `status = 'sent'`, since: 'created_at' },
    options: { table: 'long_options', kept: 'words', what: 'true', since: 'kept_at' },
    ids: { table: 'inbox', kept: 'ids', what: 'conversation_id is null', since: 'received_at' },
    questions: { table: 'questions', kept: 'questions', what: 'true', since: 'asked_at' },
    chats: {
      table: 'conversations',
      kept: 'chats',
      what: `id not in (select conversation_id from tickets where conversation_id is not null)`,
      since: 'updated_at',
    },
    tickets: { table: 'tickets', kept: 'tickets', what: 'wrapped_key is not null', since: 'closed_at' },
  }

/** How much is over by these offices' days, by class and office. */
export async function countOver({ pool }: Pick<Db, 'pool'>, keeping: Keeping): Promise<Map<string, number>> {
  const over = new Map<string, number>()
  for (const { table, kept, what, since } of Object.values(CLASSES))
    for (const office of OFFICES) {
      const days = (keeping.get(office) ?? USUAL_DAYS)[kept]
      const { rows } = await pool.query<{ count: number }>(
        `select count(*)::int as count from ${table} where office = $1 and ${what} and ${since} < now() - interval '${days} days'`,
        [office],
      )
      const name = `${kept} ${office}`
      if ((rows[0]?.count ?? 0) > 0) over.set(name, (over.get(name) ?? 0) + (rows[0]?.count ?? 0))
    }
  return over
}

/** How much is not over, or may never be forgotten, in all; an hour is left for what comes of age meanwhile. */
export async function countYoung({ pool }: Pick<Db, 'pool'>, keeping: Keeping): Promise<number> {
  let young = 0
  for (const { table, kept, what, since } of Object.values(CLASSES))
    for (const office of OFFICES) {
      const days = (keeping.get(office) ?? USUAL_DAYS)[kept]
      const { rows } = await pool.query<{ count: number }>(
        `select count(*)::int as count from ${table} where office = $1
           and not (${what} and coalesce(${since} < now() - interval '${days} days' + interval '1 hour', false))
           and (${what} or ${table === 'outbox'})`,
        [office],
      )
      young += rows[0]?.count ?? 0
    }
  return young
}
