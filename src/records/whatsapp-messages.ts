import { byteArray } from './arrays.ts'
import type { Db, Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'
import { placeOfHeard } from './whatsapp-keys.ts'
import { messageId } from './whatsapp-message-id.ts'

/** Days a phone may ask again for what it could not read; shorter once one phone of theirs said that it has it. */
const ASKED_AGAIN_DAYS = 7
const ASKED_AGAIN_AFTER_DELIVERY = '1 hour'
/** Days a message's id is known after it was taken in: WhatsApp may bring once more what it did not hear us acknowledge. */
const KNOWN_DAYS = 30
/** Read at once after a start; a queue of a whole outage is longer. */
const AT_ONCE = 500

/** What was written down before it was taken in, and not taken in since; in the order it came. */
export async function heardSince(
  { db, sealing }: { db: Db; sealing: Sealing },
  office: string,
  after: number,
): Promise<{ id: number; text: string }[]> {
  const { rows } = await db.pool.query<{ id: number; hash: Buffer; sealed: Buffer }>(
    `select id, hash, sealed from whatsapp_heard where office = $1 and id > $2 and sealed <> '' order by id limit $3`,
    [office, after, AT_ONCE],
  )
  return rows.map(({ id, hash, sealed }) => ({ id, text: sealing.openLoose(placeOfHeard(hash), sealed) }))
}

/** It is in the inbox now: its words are forgotten here; that it came, and on which day, is known for a while. */
export async function forgetHeard(db: Db, id: number): Promise<void> {
  await db.pool.query({
    name: 'whatsapp-taken',
    text: `update whatsapp_heard set sealed = '', heard_at = date_trunc('day', heard_at) where id = $1`,
    values: [id],
  })
}

/** Forgets which messages came that nobody will bring again. Gives how many. */
export async function forgetKnown(db: Db): Promise<number> {
  const { rowCount } = await db.pool.query(
    `delete from whatsapp_heard where sealed = '' and heard_at < now() - $1 * interval '1 day'`,
    [KNOWN_DAYS],
  )
  return rowCount ?? 0
}

export type SentRecords = {
  /** Keeps what is about to be sent; the same id again is the same message. */
  keep(office: string, id: string, content: string): Promise<void>
  /** What was sent under this id, and when. */
  of(office: string, id: string): Promise<{ content: string; at: Date } | undefined>
  /** A phone of theirs has it: the others have an hour to ask. */
  delivered(office: string, ids: readonly string[]): Promise<void>
}

const hashOfSent = (sealing: Sealing, office: string, id: string) => sealing.hash('whatsapp sent', office, id)

export function sentRecords({ db, sealing }: { db: Db; sealing: Sealing }): SentRecords {
  const hashOf = (office: string, id: string) => hashOfSent(sealing, office, id)
  const place = (hash: Buffer) => `whatsapp_sent.${hash.toString('hex')}` as const
  return {
    async keep(office, id, content) {
      const hash = hashOf(office, id)
      await db.pool.query({
        name: 'whatsapp-sent',
        text: `insert into whatsapp_sent (office, hash, sealed, sent_at, kept_until)
               values ($1, $2, $3, now(), now() + $4 * interval '1 day')
               on conflict (office, hash) do update set sealed = excluded.sealed`,
        values: [office, hash, sealing.sealLoose(place(hash), content), ASKED_AGAIN_DAYS],
      })
    },
    async of(office, id) {
      const hash = hashOf(office, id)
      const { rows } = await db.pool.query<{ sealed: Buffer; sent_at: Date }>(
        'select sealed, sent_at from whatsapp_sent where office = $1 and hash = $2 and kept_until > now()',
        [office, hash],
      )
      const [row] = rows
      return row && { content: sealing.openLoose(place(hash), row.sealed), at: row.sent_at }
    },
    async delivered(office, ids) {
      await db.pool.query(
        `update whatsapp_sent set kept_until = least(kept_until, now() + $3::interval)
         where office = $1 and hash = any($2::bytea[])`,
        [office, ids.map(id => hashOf(office, id)), ASKED_AGAIN_AFTER_DELIVERY],
      )
    },
  }
}

/** Forgets what nobody may ask for any more. Gives how much. */
export async function forgetSent(db: Db): Promise<number> {
  const { rowCount } = await db.pool.query('delete from whatsapp_sent where kept_until <= now()')
  return rowCount ?? 0
}

/** Parts of one message, or cards told at once: more than either comes to. */
const MOST_PARTS = 20

/** What was said to phones in these chats, or at desks of these tickets, by the key it has in the outbox. */
async function hashesOf(
  on: Queryable,
  sealing: Sealing,
  { chats, tickets }: { chats: readonly string[]; tickets: readonly string[] },
): Promise<Buffer[]> {
  const { rows } = await on.query<{ key: string; office: string; word: string }>(
    `select o.key, o.office, h.value as word from outbox o join house h on h.name = 'whatsapp_ids'
     where o.channel = 'whatsapp' and (o.conversation_id = any($1::uuid[]) or o.about = any($2::uuid[]))`,
    [chats, tickets],
  )
  const names = Array.from({ length: MOST_PARTS }, (_, n) => [`${n}`, `${n}/file`]).flat()
  return rows.flatMap(({ key, office, word }) =>
    names.map(name => hashOfSent(sealing, office, messageId(word, `${key}/${name}`))),
  )
}

/** Phones may not ask again for any of it: the words are erased. Comes before the outbox forgets them. Gives how many went. */
export async function forgetSentOf(
  on: Queryable,
  sealing: Sealing,
  whose: Parameters<typeof hashesOf>[2],
): Promise<number> {
  const hashes = await hashesOf(on, sealing, whose)
  if (hashes.length === 0) return 0
  const { rowCount } = await on.query('delete from whatsapp_sent where hash = any($1::bytea[])', [
    byteArray(hashes),
  ])
  return rowCount ?? 0
}

/**
 * The last words of a chat that is being forgotten: a phone that was off may ask for them for so long, and no moment is kept. Without them an
 * anonymous receipt would be lost, which cannot be made anew. Comes before the outbox forgets them.
 */
export async function keepSentOnlyFor(
  on: Queryable,
  sealing: Sealing,
  chat: string,
  interval: string,
): Promise<void> {
  const hashes = await hashesOf(on, sealing, { chats: [chat], tickets: [] })
  if (hashes.length === 0) return
  await on.query(
    `update whatsapp_sent set sent_at = date_trunc('day', sent_at),
       kept_until = least(kept_until, date_trunc('hour', now()) + $2::interval)
     where hash = any($1::bytea[])`,
    [byteArray(hashes), interval],
  )
}
