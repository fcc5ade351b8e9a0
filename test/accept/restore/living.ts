import { setTimeout as pause } from 'node:timers/promises'
import { decideRestored } from '../../../src/backup/restored.ts'
import { counted } from '../../../src/counted.ts'
import { openLog } from '../../../src/lib/log.ts'
import { buildLine, type Line } from '../../../src/line.ts'
import { openHouses } from '../../../src/offices/open-houses.ts'
import type { Db } from '../../../src/records/db.ts'
import type { Keyring } from '../../../src/records/keyring.ts'
import { openPlatform, type Platform } from './platform.ts'

const log = openLog('silent')
const offices = await openHouses({ flowsDir: 'flows', offices: ['medan'], mode: 'trial' }, log)

/** The real line on this database, with a platform at its ends. */
export function lineOn(db: Db, keyring: Keyring, { channels }: Platform): Line {
  return buildLine({ db, keyring, houses: offices.houses, channels, log, alone: true, counters: counted() })
}

/** The restored house opens, the platform repeats everything, then a person releases what is held. */
export async function liveOn(db: Db, keyring: Keyring, posted: Platform['posted']) {
  const platform = openPlatform(5, () => 0.5)
  const line = lineOn(db, keyring, platform)
  await line.start()
  const fresh = await platform.repeat(posted)
  await quiet(db)
  const sentBefore = platform.sent.map(({ key }) => key)
  const { rows } = await db.pool.query<{ tickets: number }>(
    `select count(*)::int as tickets from tickets group by conversation_id`,
  )
  await decideRestored(db, 'release')
  line.delivery.wake()
  await quiet(db)
  await line.stop()
  const people = new Set(posted.map(({ message }) => message.address)).size
  return {
    platform,
    fresh,
    sentBefore,
    doubled: rows.filter(({ tickets }) => tickets > 1).length,
    without: people - rows.length,
  }
}

/** The wrong design: whatever waited is sent, and what was delivered is not remembered. */
export async function forgetSafety({ pool }: Db): Promise<void> {
  await pool.query(`update outbox set status = 'waiting', due_at = now() where status = 'restored'`)
  await pool.query(`delete from inbox where status = 'done'`)
}

/** Everything taken and everything due delivered. */
export async function quiet({ pool }: Db): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ open: number }>(
      `select (select count(*) from outbox where status in ('waiting', 'sending') and due_at <= now())
         + (select count(*) from inbox where status = 'pending' and due_at <= now()) as open`,
    )
    if (rows[0]?.open === 0) return
    await pause(20)
  }
}
