import type { Db } from '../../src/records/db.ts'
import { PERSON_TABLES } from '../../src/records/person-tables.ts'
import {
  type Everywhere,
  leftAfterErasing,
  personEverywhere,
  type Spoken,
  standsIn,
  unlisted,
  untold,
} from '../helpers/person-everywhere.ts'
import { type Check, progress, size } from './check.ts'
import { startServer } from './harness/server.ts'
import { lineOn } from './restore/living.ts'
import { openPlatform } from './restore/platform.ts'
import { speakOn } from './rights/speak.ts'

/** The control's table: one that erasing does not know. */
const FORGOTTEN = 'citizen_zones'

/**
 * UU 27/2022: `--people` of whom something stands in every table of the schema that names a chat, a report or an address. DATA SAYA
 * tells of all of it, HAPUS DATA leaves nothing but what its list gives a reason for, and takes nothing from anybody else. A table that is on no list
 * fails. Controls: a table nobody has listed, and a table whose rows cannot be erased, must be found.
 */
export const check: Check = {
  async run(flags) {
    const people = size(flags, 'people', 20)
    const server = await startServer()
    try {
      const { db, keyring, sealing } = await server.database('rights')
      const platform = openPlatform(2, () => 0.5)
      const line = lineOn(db, keyring, platform)
      await line.start()
      const spoken = speakOn(platform, db, sealing)
      const all: Everywhere[] = []
      for (let n = 0; n < people; n += 1) all.push(await personEverywhere(spoken, db, `warga-${n}`))
      progress(`${people} people stand in ${PERSON_TABLES.length} tables`)
      const before = await Promise.all(all.map(one => standsIn(db.pool, one)))

      const totals = {
        people,
        tables: PERSON_TABLES.length,
        unlisted: (await unlisted(db.pool)).join(),
        untold: '',
        left: '',
      }
      const faults = { untold: new Set<string>(), left: new Set<string>() }
      let harmed = 0
      for (const [n, one] of all.slice(0, -1).entries()) {
        for (const name of await untold(spoken, one)) faults.untold.add(name)
        for (const name of await leftAfterErasing(spoken, db, one)) faults.left.add(name)
        const next = all[n + 1]
        if (next !== undefined && (await standsIn(db.pool, next)).join() !== before[n + 1]?.join())
          harmed += 1
      }
      const control = await controls(spoken, db, all.at(-1))
      await line.stop()
      Object.assign(totals, { untold: [...faults.untold].join(), left: [...faults.left].join() })
      const holds = totals.unlisted + totals.untold + totals.left === '' && harmed === 0
      const isCaught = control.unlisted === 'nobody_listed' && control.left === FORGOTTEN
      return {
        totals: { ...totals, harmed, controlUnlisted: control.unlisted, controlLeft: control.left },
        ok: holds && isCaught,
      }
    } finally {
      await server.stop()
    }
  },
}

async function controls(
  spoken: Spoken,
  { pool, close }: Db,
  last: Everywhere | undefined,
): Promise<{ unlisted: string; left: string }> {
  await pool.query('create table nobody_listed (id int primary key, conversation_id uuid)')
  await pool.query(`create rule not_erased as on delete to ${FORGOTTEN} do instead nothing`)
  return {
    unlisted: (await unlisted(pool)).join(),
    left: last === undefined ? '' : (await leftAfterErasing(spoken, { pool, close }, last)).join(),
  }
}
