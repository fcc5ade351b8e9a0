import { jobsOf } from './clockwork.ts'
import type { Config } from './config.ts'
import type { operatorWarnings } from './jobs/backup-reminder.ts'
import { type Clockwork, runByTheClock } from './jobs/by-the-clock.ts'
import { needsNow } from './jobs/needs-a-person.ts'
import { renewKeys } from './jobs/renew-keys.ts'
import type { Load } from './lib/load.ts'
import type { Log } from './lib/log.ts'
import type { Line } from './line.ts'
import type { Houses } from './offices/open-houses.ts'
import type { DatabaseAddress } from './records/address.ts'
import type { Db } from './records/db.ts'
import type { FileStore } from './records/file-store.ts'
import { spaceAt } from './records/free-space.ts'
import type { Sealing } from './records/sealing.ts'

type Parts = {
  config: Config
  db: Db
  address: DatabaseAddress
  keyFile: string
  sealing: Sealing
  room: Line['room']
  offices: Houses
  files: FileStore
  warnings: () => ReturnType<typeof operatorWarnings>
  /** How loaded this process is. */
  load: Pick<Load, 'level'>
  log: Log
}

/** Begins all that runs by the clock, with what it looks at: keys that are to be renewed, and what needs a person. */
export function startJobs({ config, address, keyFile, sealing, ...parts }: Parts): Promise<Clockwork> {
  const { db, offices, warnings, load, log } = parts
  const { renewDays: days, keepDays } = config.backup
  const renewal = { address, keyFile, sealing, days, keepDays }
  const renew =
    config.mode === 'live' && days > 0 ? () => renewKeys({ ...renewal, now: new Date() }) : undefined
  const space = () => spaceAt(config.dataDir)
  const needs = () => needsNow({ db, space, warnings, load, mode: config.mode }, offices.houses.keys())
  return runByTheClock(address, jobsOf({ ...parts, isBusy: () => load.level() > 0, renew, needs }), log)
}
