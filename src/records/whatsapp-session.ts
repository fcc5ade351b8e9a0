import type { Db, Queryable } from './db.ts'
import type { Sealing } from './sealing.ts'

/** 'stopped': nothing is tried again before somebody asks for a link. */
export type SessionStatus = 'unlinked' | 'linking' | 'linked' | 'stopped'
/** What is to be scanned by, or typed on, the phone. */
export type Shown = { is: 'qr' | 'code'; text: string }
export type Asked = { by: 'qr' } | { by: 'code'; phone: string } | { by: 'unlink' }

export type Session = {
  status: SessionStatus
  reason: string | undefined
  asked: Asked | undefined
  shown: Shown | undefined
  version: string | undefined
  restrictedUntil: Date | undefined
  changedAt: Date
}

type Row = {
  status: SessionStatus
  reason: string | null
  asked: Asked['by'] | null
  asked_for: Buffer | null
  shown: Buffer | null
  version: string | null
  restricted_until: Date | null
  changed_at: Date
}

type Place = `whatsapp_sessions.${string}`
const placeOf = (what: 'asked' | 'shown', office: string): Place => `whatsapp_sessions.${what}.${office}`

/** How an office's number is doing; undefined when nobody has ever asked for a link. */
export async function sessionOf(
  on: Queryable,
  sealing: Sealing,
  office: string,
): Promise<Session | undefined> {
  const { rows } = await on.query<Row>({
    name: 'whatsapp-session',
    text: `select status, reason, asked, asked_for, shown, version, restricted_until, changed_at
           from whatsapp_sessions where office = $1`,
    values: [office],
  })
  const [row] = rows
  if (row === undefined) return undefined
  const { status, reason, asked, asked_for, shown, version, restricted_until, changed_at } = row
  return {
    status,
    reason: reason ?? undefined,
    asked: asked === null ? undefined : askedOf(asked, asked_for, sealing, office),
    shown: shown === null ? undefined : JSON.parse(sealing.openLoose(placeOf('shown', office), shown)),
    version: version ?? undefined,
    restrictedUntil: restricted_until ?? undefined,
    changedAt: changed_at,
  }
}

function askedOf(by: Asked['by'], sealed: Buffer | null, sealing: Sealing, office: string): Asked {
  if (by !== 'code') return { by }
  return { by, phone: sealed === null ? '' : sealing.openLoose(placeOf('asked', office), sealed) }
}

/** Notes what whoever leads is to do with an office's number. */
export async function askFor(on: Queryable, sealing: Sealing, office: string, asked: Asked): Promise<void> {
  const phone = asked.by === 'code' ? sealing.sealLoose(placeOf('asked', office), asked.phone) : null
  await on.query(
    `insert into whatsapp_sessions (office, wrapped_key, status, asked, asked_for, changed_at)
     values ($1, $2, 'unlinked', $3, $4, now())
     on conflict (office) do update set asked = excluded.asked, asked_for = excluded.asked_for, shown = null,
       changed_at = now()`,
    [office, sealing.newKey(`whatsapp_sessions.${office}`).wrapped, asked.by, phone],
  )
}

/** What is to be noted: undefined leaves it as it is, null takes it away. */
export type SessionNews = {
  status?: SessionStatus
  reason?: string | null
  shown?: Shown | null
  /** What was asked for is done: all of it, or a link and nothing else. */
  done?: 'all' | 'link'
  version?: string
  restrictedUntil?: Date | null
}

/** Notes how the number is doing. */
export async function noteSession(on: Queryable, sealing: Sealing, office: string, news: SessionNews) {
  const { status, reason, shown, done, version, restrictedUntil } = news
  const sealed = shown && sealing.sealLoose(placeOf('shown', office), JSON.stringify(shown))
  await on.query(
    `update whatsapp_sessions set status = coalesce($2, status),
       reason = case when $3 then $4 else reason end, shown = case when $5 then $6 else shown end,
       asked = case when $7 = 'all' or ($7 = 'link' and asked <> 'unlink') then null else asked end,
       asked_for = case when $7 is null then asked_for end,
       version = coalesce($8, version),
       restricted_until = case when $9 then $10::timestamptz else restricted_until end, changed_at = now()
     where office = $1`,
    [
      office,
      status ?? null,
      reason !== undefined,
      reason ?? null,
      shown !== undefined,
      sealed ?? null,
      done ?? null,
      version ?? null,
      restrictedUntil !== undefined,
      restrictedUntil ?? null,
    ],
  )
}

/** Forgets the number: its keys are gone, and with their data key what backups hold of them. */
export async function wipeSession(on: Queryable, sealing: Sealing, office: string): Promise<void> {
  await on.query(
    `with gone as (delete from whatsapp_keys where office = $1)
     update whatsapp_sessions set wrapped_key = $2, shown = null, restricted_until = null where office = $1`,
    [office, sealing.newKey(`whatsapp_sessions.${office}`).wrapped],
  )
}

/** Counts one more chat begun on this day, unless the office has begun as many as it may. */
export async function countBegun(db: Db, office: string, day: string, most: number): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `update whatsapp_sessions set begun = case when begun_on = $2::date then begun + 1 else 1 end, begun_on = $2
     where office = $1 and (begun_on is distinct from $2::date or begun < $3) and $3 > 0`,
    [office, day, most],
  )
  return rowCount === 1
}

/** Whether nobody has led after this epoch. */
export async function leadsNumber(on: Queryable, office: string, epoch: number): Promise<boolean> {
  const { rowCount } = await on.query({
    name: 'whatsapp-leads',
    text: `select 1 from polls where office = $1 and channel = 'whatsapp' and epoch = $2`,
    values: [office, epoch],
  })
  return rowCount === 1
}
