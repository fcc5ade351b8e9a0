import type { Count } from './announced.ts'
import { VERSION, type Version, type VersionState } from './announcements.ts'
import { intArray, uuidArray } from './arrays.ts'
import type { Queryable } from './db.ts'

/** A version as a list shows it. */
export type ListedVersion = Version & { draftedAt: Date }

/** The latest version of each announcement of an office, the newest first; those in these states, or all. */
export async function latestVersions(
  on: Queryable,
  office: string,
  { states, most, offset }: { states: readonly VersionState[]; most: number; offset: number },
): Promise<ListedVersion[]> {
  const { rows } = await on.query<ListedVersion>(
    `select ${VERSION}, v.drafted_at as "draftedAt" from announcements a
     join lateral (select * from announcement_versions own where own.announcement_id = a.id order by own.version desc limit 1) v on true
     where a.office = $1 and (cardinality($2::text[]) = 0 or v.status = any($2)) order by v.drafted_at desc, a.code limit $3 offset $4`,
    [office, states, most, offset],
  )
  return rows
}

/** How many announcements of an office stand in each state, by their latest versions. */
export async function countStates(on: Queryable, office: string): Promise<Map<VersionState, number>> {
  const { rows } = await on.query<{ status: VersionState; count: number }>(
    `select status, count(*)::int as count from (
       select distinct on (a.id) v.status from announcements a join announcement_versions v on v.announcement_id = a.id
       where a.office = $1 order by a.id, v.version desc) as latest group by status`,
    [office],
  )
  return new Map(rows.map(({ status, count }) => [status, count]))
}

/** Every version of what staff call so, the latest first; nothing is locked. */
export async function versionsCalled(on: Queryable, office: string, code: string): Promise<ListedVersion[]> {
  const { rows } = await on.query<ListedVersion>(
    `select ${VERSION}, v.drafted_at as "draftedAt" from announcements a
     join announcement_versions v on v.announcement_id = a.id where a.office = $1 and a.code = $2 order by v.version desc`,
    [office, code],
  )
  return rows
}

/** Recipients of several versions by state, cause and channel, each list under `id/version`. */
export async function countsOfAll(
  on: Queryable,
  versions: readonly Pick<Version, 'id' | 'version'>[],
): Promise<Map<string, Count[]>> {
  const { rows } = await on.query<Count & { id: string; version: number }>(
    `select announcement_id as id, version, channel, state, cause, count(*)::int as count from announced
     where (announcement_id, version) in (select * from unnest($1::uuid[], $2::int[])) group by 1, 2, 3, 4, 5`,
    [uuidArray(versions.map(({ id }) => id)), intArray(versions.map(({ version }) => version))],
  )
  const by = new Map<string, Count[]>()
  for (const { id, version, ...count } of rows)
    by.set(`${id}/${version}`, [...(by.get(`${id}/${version}`) ?? []), count])
  return by
}
