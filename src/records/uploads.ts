import { randomUUID } from 'node:crypto'
import type { Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'

/** Minutes a table waits to be taken in after it was looked at. */
const KEPT_MINUTES = 60

/** Keeps a table until whoever sent it has looked at what it would change; gives its id. Older ones are forgotten. */
export async function keepUpload(
  on: Queryable,
  sealing: Sealing,
  upload: { office: string; by: string; kind: string; bytes: Uint8Array },
): Promise<string> {
  const { office, by, kind, bytes } = upload
  const id = randomUUID()
  const { key, wrapped } = sealing.newKey(`uploads.${id}`)
  await forgetUploads(on)
  await on.query(
    `insert into uploads (id, office, staff_id, kind, wrapped_key, sealed, uploaded_at) values ($1, $2, $3, $4, $5, $6, now())`,
    [id, office, by, kind, wrapped, sealing.sealBytes(key, `uploads.sealed.${id}`, bytes)],
  )
  return id
}

/** What this person sent an hour ago at most, and is to be taken in now. */
export async function uploadOf(
  on: Queryable,
  sealing: Sealing,
  { office, by, id }: { office: string; by: string; id: string },
): Promise<{ kind: string; bytes: Buffer } | undefined> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return undefined
  const { rows } = await on.query<{ kind: string; wrapped_key: Buffer; sealed: Buffer }>(
    `select kind, wrapped_key, sealed from uploads where id = $1 and office = $2 and staff_id = $3
       and uploaded_at > now() - ${KEPT_MINUTES} * interval '1 minute'`,
    [id, office, by],
  )
  const [row] = rows
  if (row === undefined) return undefined
  const key = sealing.unwrap(row.wrapped_key, `uploads.${id}`)
  return { kind: row.kind, bytes: sealing.openBytes(key, `uploads.sealed.${id}`, row.sealed) }
}

export async function dropUpload(on: Queryable, id: string): Promise<void> {
  await on.query('delete from uploads where id = $1', [id])
}

/** Forgets what nobody came back for; how many they were. */
export async function forgetUploads(on: Queryable): Promise<number> {
  const { rowCount } = await on.query(
    `delete from uploads where uploaded_at < now() - ${KEPT_MINUTES} * interval '1 minute'`,
  )
  return rowCount ?? 0
}
