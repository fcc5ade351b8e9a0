import type { DatabaseAddress } from '../records/address.ts'
import { isAway, openDb } from '../records/db.ts'
import { type Finding, good, must, note } from './finding.ts'

/** Behind by more than this, figures of today look wrong. */
const LATE_SECONDS = 300

/** Whether what READ_DATABASE_URL names answers, is a replica, and is not far behind. */
export async function lookAtReplica(address: DatabaseAddress): Promise<Finding> {
  const db = openDb(address, { max: 1, readOnly: true })
  try {
    // A replica that has all there is counts as on time, however long nothing was written.
    const { rows } = await db.pool.query<{ replica: boolean; late: number }>(
      `select pg_is_in_recovery() as replica, case when pg_is_in_recovery() and pg_last_wal_receive_lsn() <> pg_last_wal_replay_lsn()
         then extract(epoch from now() - pg_last_xact_replay_timestamp())::float8 else 0 end as late`,
    )
    return judgeReplica(rows[0] ?? { replica: false, late: 0 })
  } catch (error) {
    if (!isAway(error)) throw error
    return note(
      'replica',
      'does not answer; the database itself is read. Your move: start it, or correct READ_DATABASE_URL.',
    )
  } finally {
    await db.close()
  }
}

export function judgeReplica({ replica, late }: { replica: boolean; late: number }): Finding {
  if (!replica)
    return must('replica', 'READ_DATABASE_URL names no replica. Your move: name one, or leave it empty.')
  if (late > LATE_SECONDS)
    return note(
      'replica',
      `it is ${Math.round(late / 60)} minutes behind. Your move: see what holds its recovery.`,
    )
  return good('replica', 'it answers, and is on time')
}
