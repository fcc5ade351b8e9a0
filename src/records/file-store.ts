import { randomUUID } from 'node:crypto'
import type { Db } from './db.ts'
import { isPicture, mediaTypeOf } from './media-type.ts'
import { redrawPicture } from './redraw-picture.ts'
import { filesBefore, readWhole, removeFiles, writeWhole } from './sealed-files.ts'
import type { Sealing } from './sealing.ts'

/** 10 MB: what Telegram lets a bot send on, halved, and what a phone on 3G uploads within a minute. */
const BYTES = 10 * 1024 * 1024
/** Hours a file may belong to nobody: its message became a turn at once, or never will. */
const UNBOUND_HOURS = 24
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export type FileStore = {
  /**
   * Keeps a file that belongs to nobody yet: `bindFiles` gives it to the conversation whose message carries it. `name` is
   * handed back and kept nowhere. Pictures are drawn anew; PDFs and voice stay as they are, with the metadata in them.
   */
  put(
    office: string,
    bytes: Uint8Array,
    name: string,
  ): Promise<{ id: string; name: string; mime: string } | { refused: 'too_large' | 'unknown_type' }>
  open(id: string): Promise<{ mime: string; bytes: Uint8Array } | undefined>
  /** Removes what nobody's message carried, and what lies on the disk without a row; how many. */
  sweep(): Promise<number>
}

/** Files as citizens sent them: sealed on the disk under a random id, each with a key of its own that stands in its row. */
export function openFileStore(parts: { db: Db; sealing: Sealing; folder: string }): FileStore {
  const { db, sealing, folder } = parts
  return {
    async put(office, given, name) {
      if (given.length > BYTES) return { refused: 'too_large' }
      const media = await mediaTypeOf(given)
      if (media === undefined) return { refused: 'unknown_type' }
      const kept = isPicture(media) ? await redrawPicture(given) : { mime: media, bytes: given }
      if (kept === undefined) return { refused: 'unknown_type' }
      const id = randomUUID()
      const { key, wrapped } = sealing.newKey(`files.${id}`)
      // The file first: a row without its file would promise what is not there; the other way round is swept.
      await writeWhole(folder, id, sealing.sealBytes(key, `files.bytes.${id}`, kept.bytes))
      await db.pool.query(
        `insert into files (id, office, mime, size, wrapped_key, stored_at) values ($1, $2, $3, $4, $5, now())`,
        [id, office, kept.mime, kept.bytes.length, wrapped],
      )
      return { id, name, mime: kept.mime }
    },

    async open(id) {
      if (!ID.test(id)) return undefined
      const { rows } = await db.pool.query<{ mime: string; wrapped_key: Buffer }>(
        'select mime, wrapped_key from files where id = $1',
        [id],
      )
      const row = rows[0]
      const sealed = row === undefined ? undefined : await readWhole(folder, id)
      if (row === undefined || sealed === undefined) return undefined
      const key = sealing.unwrap(row.wrapped_key, `files.${id}`)
      return { mime: row.mime, bytes: sealing.openBytes(key, `files.bytes.${id}`, sealed) }
    },

    async sweep() {
      await db.pool.query(
        `delete from files where conversation_id is null and ticket_id is null
           and stored_at < now() - $1 * interval '1 hour'`,
        [UNBOUND_HOURS],
      )
      // Times on the disk are to the day, so two days old means at least one: no upload takes that long.
      const old = await filesBefore(folder, new Date(Date.now() - 2 * 86_400_000))
      const { rows } = await db.pool.query<{ id: string }>(
        'select id::text from files where id::text = any($1::text[])',
        [old],
      )
      const known = new Set(rows.map(({ id }) => id))
      const orphans = old.filter(name => !known.has(name))
      await removeFiles(folder, orphans)
      return orphans.length
    },
  }
}
