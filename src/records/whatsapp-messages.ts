import type { Db } from './db.ts'
import type { Sealing } from './sealing.ts'
import { placeOfHeard } from './whatsapp-keys.ts'

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

export function sentRecords({ db, sealing }: { db: Db; sealing: Sealing }): SentRecords {
  const hashOf = (office: string, id: string) => sealing.hash('whatsapp sent', office, id)
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
