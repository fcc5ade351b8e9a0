import type { Config } from './config.ts'
import { joinRecords } from './database.ts'
import { keyFileOf, makeDataDir } from './keeping-place.ts'
import { openLog } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import type { Office } from './offices/office.ts'
import { openHouses } from './offices/open-houses.ts'
import type { Surveys } from './offices/read-surveys.ts'
import type { Db } from './records/db.ts'
import { loadKeyring } from './records/keyring.ts'
import { checkKeyring, checkMode } from './records/own-database.ts'
import { createSealing, type Sealing } from './records/sealing.ts'
import { runCommand } from './run-command.ts'

/** What a command works with that stands beside a running Balai, or alone. */
export type Beside = {
  config: Config
  db: Db
  sealing: Sealing
  officeCalled(id: string | undefined): Office
  surveysOf(office: string): Surveys
}

/**
 * Runs one command on the records and ends the process: 0 when it did what it says, 1 when not. What a person reads goes to
 * stdout, everything else to stderr.
 */
export function runBeside(command: (beside: Beside) => Promise<void>): void {
  runCommand(config => work(config, command))
}

async function work(config: Config, command: (beside: Beside) => Promise<void>): Promise<void> {
  const log = openLog('error')
  const offices = await openHouses(config, log)
  makeDataDir(config.dataDir)
  const records = await joinRecords(config, log)
  try {
    const file = keyFileOf(config)
    const { rowCount } = await records.db.pool.query(`select 1 from house where name = 'sealing_key'`)
    const keyring = await loadKeyring(file, { make: config.mode === 'trial' && rowCount === 0 })
    await checkKeyring(records.db, keyring)
    await checkMode(records.db, config.mode)
    await command({
      config,
      db: records.db,
      sealing: createSealing(keyring),
      officeCalled(id) {
        const ids = [...offices.houses.keys()]
        const office = offices.houses.get(id ?? ids[0] ?? '')?.office
        if (office === undefined)
          throw new Refusal(`There is no office ${id}. Your move: one of ${ids.join(', ')}.`)
        return office
      },
      surveysOf: id => offices.houses.get(id)?.surveys ?? {},
    })
  } finally {
    await records.close()
  }
}
