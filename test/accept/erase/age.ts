import { counted } from '../../../src/counted.ts'
import { forgetOld } from '../../../src/jobs/keeping.ts'
import { openLog } from '../../../src/lib/log.ts'
import { buildLine } from '../../../src/line.ts'
import { openHouses } from '../../../src/offices/open-houses.ts'
import type { Db } from '../../../src/records/db.ts'
import type { Keyring } from '../../../src/records/keyring.ts'
import { forgetAliases } from '../../../src/records/whatsapp-aliases.ts'
import { forgetSent } from '../../../src/records/whatsapp-messages.ts'

/** Longer than anything of a citizen is kept by the usual days. */
const DAYS = 400

/** When what was said, asked and filed was; and until when what phones may ask for again is kept. */
const MOMENTS: Record<string, string[]> = {
  inbox: ['received_at'],
  outbox: ['created_at'],
  conversations: ['updated_at'],
  tickets: ['closed_at', 'updated_at'],
  ticket_events: ['happened_at'],
  questions: ['asked_at'],
  files: ['stored_at'],
  aliases: ['last_at'],
}
const WHOSE: Record<string, string> = {
  inbox: 'conversation_id = any($1::uuid[]) or about = any($2::uuid[])',
  outbox: 'conversation_id = any($1::uuid[]) or about = any($2::uuid[])',
  conversations: 'id = any($1::uuid[])',
  tickets: 'id = any($2::uuid[])',
  ticket_events: 'ticket_id = any($2::uuid[])',
  questions: 'conversation_id = any($1::uuid[]) or ticket_id = any($2::uuid[])',
  files: 'conversation_id = any($1::uuid[]) or ticket_id = any($2::uuid[])',
  aliases: 'address_hash in (select address_hash from conversations where id = any($1::uuid[]))',
}

/** Lets more than a year pass over whoever filed these reports, all of which are closed. */
export async function age({ pool }: Pick<Db, 'pool'>, codes: readonly string[]): Promise<void> {
  const { rows } = await pool.query<{ chats: string[]; tickets: string[] }>(
    `select array_agg(distinct c) as chats, array_agg(t.id) as tickets from tickets t, unnest(array[t.conversation_id]) c
     where conversation_id in (select conversation_id from tickets where code = any($1::text[]))`,
    [codes],
  )
  const [{ chats, tickets } = { chats: [], tickets: [] }] = rows
  await pool.query(`update tickets set status = 'closed', closed_at = now() where id = any($1::uuid[])`, [
    tickets,
  ])
  for (const [table, columns] of Object.entries(MOMENTS))
    await pool.query(
      `update ${table} set ${columns.map(name => `${name} = ${name} - interval '${DAYS} days'`).join()}
       where $1::uuid[] is not null and $2::uuid[] is not null and (${WHOSE[table]})`,
      [chats, tickets],
    )
  await pool.query(`update whatsapp_sent set kept_until = kept_until - interval '${DAYS} days'`)
}

/** What the program does by its clock within the hour: what is over is forgotten, and names of whom no chat is left. */
export async function forget(db: Db, ring: Keyring): Promise<void> {
  const log = openLog('silent')
  const { houses } = await openHouses({ flowsDir: 'flows', offices: ['medan'], mode: 'trial' }, log)
  const parts = { db, keyring: ring, houses, channels: new Map(), log, alone: true, counters: counted() }
  const { room } = buildLine(parts)
  await forgetOld(db, room)
  await forgetSent(db)
  await db.pool.query(`update aliases set last_at = last_at - interval '2 hours' where last_at > 'epoch'`)
  await forgetAliases({ db, sealing: room.sealing })
}
