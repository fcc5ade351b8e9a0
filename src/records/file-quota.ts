import { LIMITS } from '../lib/limits.ts'
import { type Db, type Queryable, transaction } from './db.ts'
import { hashOfAddress } from './look-up.ts'
import type { Sealing } from './sealing.ts'

/** The message a file came with. */
export type FileSent = { office: string; channel: string; address: string; externalId: string }

export type FileQuota = {
  /**
   * Whether a file of so many bytes, as it is announced or was found to be, may be taken today. It is counted then: once, whichever
   * process asks and however often, with the most bytes it was asked for. Rejects as the database does: who cannot count does not fetch.
   */
  admit(sent: FileSent, bytes: number): Promise<boolean>
}

type Parts = {
  db: Db
  sealing: Sealing
  /** The office's own day, as 2026-11-22. */
  dayOf(office: string): string
}

const MB = 1024 * 1024
/** What the column holds; no file that is taken comes near it. */
const BYTES_MAX = 2 ** 31 - 1
/** Days a count is kept beyond its own: zones differ by less. */
const KEPT_DAYS = 1
/** Any number, so that our locks meet nobody else's: "BERK". */
const SPACE = 0x4245524b

const TAKEN = `select count(*) filter (where address_hash = $3)::int as "chatFiles", count(*)::int as "officeFiles",
    coalesce(sum(bytes) filter (where address_hash = $3), 0)::float8 as "chatBytes", coalesce(sum(bytes), 0)::float8 as "officeBytes"
  from files_sent where office = $1 and day = $2 and hash <> $4`

type Taken = { chatFiles: number; officeFiles: number; chatBytes: number; officeBytes: number }

/** How many files a chat and an office may send a day; the disk itself is watched by the store (`free-space.ts`). */
export function openFileQuota({ db, sealing, dayOf }: Parts): FileQuota {
  return {
    admit: (sent, bytes) =>
      transaction(db, async client => {
        // What is announced may be anything a sender likes to write.
        const size = Math.min(Math.max(Math.ceil(bytes) || 0, 0), BYTES_MAX)
        const { office, channel, address, externalId } = sent
        const day = dayOf(office)
        const who = hashOfAddress(sealing, { office, channel, address })
        const hash = sealing.hash('file sent', office, channel, externalId)
        // One after another within an office: each sees what the one before has counted.
        const lock = sealing.hash('files of', office).readInt32BE(0)
        await client.query('select pg_advisory_xact_lock($1, $2)', [SPACE, lock])
        const { rows } = await client.query<Taken>({
          name: 'files-sent',
          text: TAKEN,
          values: [office, day, who, hash],
        })
        if (rows[0] === undefined || !fits(rows[0], size)) return false
        await client.query({
          name: 'count-file',
          text: `insert into files_sent (hash, office, address_hash, day, bytes) values ($1, $2, $3, $4, $5)
            on conflict (hash) do update set bytes = greatest(files_sent.bytes, excluded.bytes)`,
          values: [hash, office, who, day, size],
        })
        return true
      }),
  }
}

function fits({ chatFiles, officeFiles, chatBytes, officeBytes }: Taken, bytes: number): boolean {
  return (
    chatFiles < LIMITS.chatFiles.most &&
    officeFiles < LIMITS.officeFiles.most &&
    chatBytes + bytes <= LIMITS.chatFileBytes.most * MB &&
    officeBytes + bytes <= LIMITS.officeFileBytes.most * MB
  )
}

/** Nothing leads from what these chats sent to them any more. */
export const UNBIND_FILES_SENT = `update files_sent set address_hash = null
  where address_hash in (select address_hash from conversations where id = any($1::uuid[]))`

/** Forgets the counts of days that are over; how many files they were. */
export async function forgetFilesSent(on: Queryable): Promise<number> {
  const { rowCount } = await on.query('delete from files_sent where day < current_date - $1::int', [
    KEPT_DAYS,
  ])
  return rowCount ?? 0
}
