import { randomInt, randomUUID } from 'node:crypto'
import type { Audience } from './audience.ts'
import type { Queryable } from './db.ts'

/** What is said, by language of who reads it; whoever reads a language that is not there gets the Indonesian. */
export type Words = { id: string; en?: string }

export const VERSION_STATES = ['draft', 'approved', 'sending', 'done', 'stopped', 'replaced'] as const
export type VersionState = (typeof VERSION_STATES)[number]

/** One version of an announcement, and which it is of. */
export type Version = {
  id: string
  office: string
  code: string
  about: string | null
  desk: string | null
  version: number
  status: VersionState
  words: Words
  audience: Audience
  toNew: boolean
  listingVersion: number | null
  draftedBy: string
  draftedById: string | null
  approvedBy: string | null
  sendAt: Date | null
  beganAt: Date | null
  endedAt: Date | null
}

/** The columns of a `Version`, of `announcements a` and `announcement_versions v`. */
export const VERSION = `a.id, a.office, a.code, a.about, a.desk, v.version, v.status, v.words, v.audience, v.to_new as "toNew", v.listing_version as "listingVersion", v.drafted_by as "draftedBy",
  v.drafted_by_id as "draftedById", v.approved_by as "approvedBy", v.send_at as "sendAt", v.began_at as "beganAt",
  v.ended_at as "endedAt"`

/** Who did something: their name, and their id on the list of staff where there is one. */
export type Doer = { name: string; id: string | null }

const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_SIGNS = 5
const TRIES = 5

/** Begins an announcement without any version; gives its id. `about` is had once: undefined when there is one already. */
export async function newAnnouncement(
  on: Queryable,
  { office, about, desk }: { office: string; about: string | null; desk: string | null },
): Promise<{ id: string; code: string } | undefined> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const code = `P-${Array.from({ length: CODE_SIGNS }, () => SIGNS[randomInt(SIGNS.length)]).join('')}`
    const { rows } = await on.query<{ id: string; code: string }>(
      `insert into announcements (id, office, code, about, desk, created_at) values ($1, $2, $3, $4, $5, now())
       on conflict do nothing returning id, code`,
      [randomUUID(), office, code, about, desk],
    )
    if (rows[0] !== undefined || about !== null) return rows[0]
  }
  throw new Error('No free code for an announcement was found.')
}

/** Adds the next version as a draft; gives its number. */
export async function addVersion(
  on: Queryable,
  id: string,
  said: Pick<Version, 'words' | 'audience' | 'toNew'> & {
    listingVersion?: number
    /** When it goes once it is approved, without anybody saying so again. */
    sendAt?: Date | undefined
    by: Doer
    at: Date
  },
): Promise<number> {
  const { words, audience, toNew, listingVersion = null, sendAt = null, by, at } = said
  const { rows } = await on.query<{ version: number }>(
    `insert into announcement_versions (announcement_id, version, status, words, audience, to_new, listing_version, drafted_by,
       drafted_by_id, drafted_at, send_at)
     select $1, coalesce(max(version), 0) + 1, 'draft', $2, $3, $4, $5, $6, $7, $8, $9 from announcement_versions where announcement_id = $1
     returning version`,
    [id, JSON.stringify(words), JSON.stringify(audience), toNew, listingVersion, by.name, by.id, at, sendAt],
  )
  return rows[0]?.version ?? 0
}

/** The latest version of what staff call so, locked until the end of the transaction. */
export async function latestVersion(
  on: Queryable,
  office: string,
  code: string,
): Promise<Version | undefined> {
  // Read by a statement of its own: one that had to wait for the lock would still see the version as it was before.
  await on.query('select 1 from announcements where office = $1 and code = $2 for update', [office, code])
  const { rows } = await on.query<Version>(
    `select ${VERSION} from announcements a join announcement_versions v on v.announcement_id = a.id
     where a.office = $1 and a.code = $2 order by v.version desc limit 1`,
    [office, code],
  )
  return rows[0]
}

/** The latest announcements of an office that are not over, the newest first. */
export async function openAnnouncements(on: Queryable, office: string, most: number): Promise<Version[]> {
  const { rows } = await on.query<Version>(
    `select ${VERSION} from announcements a join announcement_versions v on v.announcement_id = a.id
     where a.office = $1 and v.status in ('draft', 'approved', 'sending') order by v.drafted_at desc limit $2`,
    [office, most],
  )
  return rows
}

/** What is to begin at that time, what is under way, and what was ended while some of it was with its platform. */
export async function versionsAtWork(on: Queryable, at: Date): Promise<Version[]> {
  const { rows } = await on.query<Version>({
    name: 'versions-at-work',
    text: `select ${VERSION} from announcement_versions v join announcements a on a.id = v.announcement_id
      where v.status = 'sending' or v.status = 'approved' and v.send_at <= $1
        or (v.announcement_id, v.version) in (select announcement_id, version from announced where state = 'queued')
      order by v.send_at, v.version`,
    values: [at],
  })
  return rows
}

/**
 * A second person says yes: never who drafted it, and only one of two who do so at once. False when it is not a draft any more or is
 * their own.
 */
export async function approve(on: Queryable, { id, version }: Version, by: Doer): Promise<boolean> {
  const { rowCount } = await on.query(
    `update announcement_versions set status = 'approved', approved_by = $3
     where announcement_id = $1 and version = $2 and status = 'draft'
       and case when drafted_by_id is null or $4::uuid is null then lower(drafted_by) <> lower($3) else drafted_by_id <> $4 end`,
    [id, version, by.name, by.id],
  )
  return rowCount === 1
}

/** Moves one version on from a state it must be in; false when it is not. */
export async function moveOn(
  on: Queryable,
  { id, version }: Pick<Version, 'id' | 'version'>,
  from: VersionState[],
  to: VersionState,
  at: Date,
): Promise<boolean> {
  const { rowCount } = await on.query(
    `update announcement_versions set status = $4::text, began_at = case when $4 = 'sending' then $5 else began_at end,
       ended_at = case when $4 in ('done', 'stopped', 'replaced') then $5 end
     where announcement_id = $1 and version = $2 and status = any($3::text[])`,
    [id, version, from, to, at],
  )
  return rowCount === 1
}

/** Says when an approved version is sent; false when it is not approved, or has begun. */
export async function sendFrom(on: Queryable, { id, version }: Version, at: Date): Promise<boolean> {
  const { rowCount } = await on.query(
    `update announcement_versions set send_at = $3 where announcement_id = $1 and version = $2 and status = 'approved'`,
    [id, version, at],
  )
  return rowCount === 1
}

/** Lets a version go by itself, for what somebody approved elsewhere. */
export async function release(
  on: Queryable,
  { id, version }: Pick<Version, 'id' | 'version'>,
  approvedBy: string,
  at: Date,
): Promise<void> {
  await on.query(
    `update announcement_versions set status = 'approved', approved_by = $3, send_at = $4
     where announcement_id = $1 and version = $2 and status = 'draft'`,
    [id, version, approvedBy, at],
  )
}

/** What tells of these listings, where anything does, and which version of each was told last. */
export async function aboutListings(
  on: Queryable,
  office: string,
  abouts: readonly string[],
): Promise<Map<string, { id: string; told: number | null }>> {
  const { rows } = await on.query<{ about: string; id: string; told: number | null }>(
    `select a.about, a.id, (select listing_version from announcement_versions v where v.announcement_id = a.id
       and v.began_at is not null order by v.version desc limit 1) as told
     from announcements a where a.office = $1 and a.about = any($2::text[]) order by a.id for update of a`,
    [office, abouts],
  )
  return new Map(rows.map(({ about, id, told }) => [about, { id, told }]))
}
