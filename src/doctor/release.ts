import type { Queryable } from '../records/db.ts'
import { type Finding, good, note } from './finding.ts'

/** By major version the release that closes what was known by 13 August 2026: 28 CVEs (postgresql.org/support/security). */
const CLOSED_IN = new Map([
  [18, 6],
  [17, 11],
  [16, 15],
  [15, 19],
])

/** Whether the operator's own PostgreSQL is of a release with known holes; the embedded one is Balai's to renew. */
export async function lookAtRelease(on: Queryable): Promise<Finding> {
  const { rows } = await on.query<{ number: number }>(
    `select current_setting('server_version_num')::int as number`,
  )
  return judgeRelease(rows[0]?.number ?? 0)
}

/** `number` as PostgreSQL writes its release: 170011 for 17.11. */
export function judgeRelease(number: number): Finding {
  const [major, minor] = [Math.floor(number / 10_000), number % 10_000]
  const least = CLOSED_IN.get(major)
  if (least === undefined || minor >= least)
    return good('release', `no hole of PostgreSQL ${major}.${minor} was known to this version of Balai`)
  return note(
    'release',
    `PostgreSQL ${major}.${minor} has known holes, which ${major}.${least} closes. Your move: take the newest ${major}.x; tables stay as they are.`,
  )
}
