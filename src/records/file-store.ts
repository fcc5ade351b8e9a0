import { randomUUID } from 'node:crypto'
import type { Db } from './db.ts'
import type { FilePlace } from './file-place.ts'
import type { Space } from './free-space.ts'
import { isPicture, mediaTypeOf } from './media-type.ts'
import { openBucket } from './object-store.ts'
import type { Bucket } from './object-store-request.ts'
import { redrawPicture } from './redraw-picture.ts'
import { openFolder } from './sealed-files.ts'
import type { Sealing } from './sealing.ts'
import type { Scan, VirusScan } from './virus-scan.ts'

/** 10 MB: what Telegram lets a bot send on, halved, and what a phone on 3G uploads within a minute. */
const BYTES = 10 * 1024 * 1024
/** Hours a file may belong to nobody: its message became a turn at once, or never will. */
const UNBOUND_HOURS = 24
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** `no_room`: the disk is nearly full; what is left is for words, so no file is taken until there is room again. */
export type FileRefusal = { refused: 'too_large' | 'unknown_type' | 'no_room' }

export type FileStore = {
  /**
   * Keeps a file that belongs to nobody yet: `bindFiles` gives it to the conversation whose message carries it. `name` is
   * handed back and kept nowhere. Throws what `isAway` knows when the place or the database may take it later.
   *
   * Pictures are drawn anew and carry nothing but pixels. PDFs and voice messages stay byte for byte, with what is in them:
   * author, title, program, times and attachments in a PDF; the recording program's comments in a voice message, and a voice
   * is known by its sound. Cards say so, and anonymous reports take pictures alone (`actions/attach-files`).
   *
   * So these two are looked over for viruses, where there is a scanner, and pictures never: of their bytes nothing is kept that
   * could carry one. What is found is kept all the same, since the report it came with is: sealed, and opened for nobody.
   */
  put(
    office: string,
    bytes: Uint8Array,
    name: string,
  ): Promise<{ id: string; name: string; mime: string } | FileRefusal>
  /** What no scanner has looked at yet is looked at now. 'infected': it is there, and handed to nobody. */
  open(id: string): Promise<{ mime: string; bytes: Uint8Array } | 'infected' | undefined>
  /** Removes what nobody's message carried, and what lies in a place without a row; how many. */
  sweep(): Promise<number>
}

/** Rows looked up at once while sweeping. */
const SWEPT = 1000

export type FileStoreParts = {
  db: Db
  sealing: Sealing
  folder: string
  /** Where new files go instead of `folder`; what lies in the folder is still found there, and swept. */
  bucket?: Bucket | undefined
  /** How much is free where `folder` is; the disk itself by default. */
  space?: (() => Promise<Space>) | undefined
  /** Looks for viruses; without it nobody does, and files say so. */
  scan?: VirusScan | undefined
}

type Row = { office: string; mime: string; wrapped_key: Buffer; scan: Scan | null }

/** Files as citizens sent them: sealed in their place under a random id, each with a key of its own that stands in its row. */
export function openFileStore({ db, sealing, folder, bucket, space, scan }: FileStoreParts): FileStore {
  const here = openFolder(folder, space)
  const first = bucket === undefined ? here : openBucket(bucket)
  const places: FilePlace[] = first === here ? [here] : [first, here]

  async function readAnywhere(id: string): Promise<Buffer | undefined> {
    for (const place of places) {
      const sealed = await place.read(id)
      if (sealed !== undefined) return sealed
    }
    return undefined
  }

  const scanned = async (office: string, mime: string, bytes: Uint8Array) =>
    isPicture(mime) ? undefined : await scan?.(office, bytes)

  return {
    async put(office, given, name) {
      if (given.length > BYTES) return { refused: 'too_large' }
      if (!(await first.hasRoom())) return { refused: 'no_room' }
      const media = await mediaTypeOf(given)
      if (media === undefined) return { refused: 'unknown_type' }
      const kept = isPicture(media) ? await redrawPicture(given) : { mime: media, bytes: given }
      if (kept === undefined) return { refused: 'unknown_type' }
      const found = await scanned(office, kept.mime, kept.bytes)
      const id = randomUUID()
      const { key, wrapped } = sealing.newKey(`files.${id}`)
      // The file first: a row without its file would promise what is not there; the other way round is swept.
      await first.write(id, sealing.sealBytes(key, `files.bytes.${id}`, kept.bytes))
      await db.pool.query(
        `insert into files (id, office, mime, size, wrapped_key, scan, stored_at) values ($1, $2, $3, $4, $5, $6, now())`,
        [id, office, kept.mime, kept.bytes.length, wrapped, found ?? null],
      )
      return { id, name, mime: kept.mime }
    },

    async open(id) {
      if (!ID.test(id)) return undefined
      const { rows } = await db.pool.query<Row>(
        'select office, mime, wrapped_key, scan from files where id = $1',
        [id],
      )
      const row = rows[0]
      if (row?.scan === 'infected') return 'infected'
      const sealed = row === undefined ? undefined : await readAnywhere(id)
      if (row === undefined || sealed === undefined) return undefined
      const key = sealing.unwrap(row.wrapped_key, `files.${id}`)
      const bytes = sealing.openBytes(key, `files.bytes.${id}`, sealed)
      const now = row.scan === null ? await scanned(row.office, row.mime, bytes) : undefined
      const found = now === undefined ? row.scan : await noteScan(db, id, now)
      return found === 'infected' ? 'infected' : { mime: row.mime, bytes }
    },

    async sweep() {
      await db.pool.query(
        `delete from files where conversation_id is null and ticket_id is null
           and stored_at < now() - $1 * interval '1 hour'`,
        [UNBOUND_HOURS],
      )
      let removed = 0
      for (const place of places) removed += await sweepPlace(db, place)
      return removed
    },
  }
}

/** Keeps what a scan found. Of two that looked at the same time the one that found something is believed, by both. */
async function noteScan(db: Db, id: string, found: Scan): Promise<Scan> {
  const { rows } = await db.pool.query<{ scan: Scan }>(
    `update files set scan = case when scan = 'infected' then scan else $2 end where id = $1 returning scan`,
    [id, found],
  )
  return rows[0]?.scan ?? found
}

/** Removes what lies in a place without a row; how many. */
async function sweepPlace(db: Db, place: FilePlace): Promise<number> {
  // Times on the disk are to the day, so two days old means at least one: no upload takes that long.
  const old = await place.namesBefore(new Date(Date.now() - 2 * 86_400_000))
  let removed = 0
  for (let n = 0; n < old.length; n += SWEPT) {
    const names = old.slice(n, n + SWEPT)
    const { rows } = await db.pool.query<{ id: string }>(
      'select id::text from files where id = any($1::uuid[])',
      [names.filter(name => ID.test(name))],
    )
    const known = new Set(rows.map(({ id }) => id))
    const orphans = names.filter(name => !known.has(name))
    await place.remove(orphans)
    removed += orphans.length
  }
  return removed
}
