import { existsSync } from 'node:fs'
import { totalmem } from 'node:os'
import { dirname, join } from 'node:path'
import { commandLine } from './command-line.ts'
import { type Config, loadEnvFile, readConfig } from './config.ts'
import { joinAsTheyAre } from './database.ts'
import { lookAtChannels } from './doctor/channels.ts'
import { lookAtArticles, lookAtOffice, lookAtStaff } from './doctor/content.ts'
import { judgeWay, lookAtDatabase } from './doctor/database.ts'
import { type Finding, good, must, report } from './doctor/finding.ts'
import { lookAtHouse } from './doctor/house.ts'
import { lookAtMachine } from './doctor/machine.ts'
import { lookAtPlaces } from './doctor/places.ts'
import { lookAtPort } from './doctor/port.ts'
import { lookAtRelease } from './doctor/release.ts'
import { lookAtReplica } from './doctor/replica.ts'
import { lookAtRole } from './doctor/role.ts'
import { lookAtScanner } from './doctor/scanner.ts'
import { lookAtVacuum } from './doctor/vacuum.ts'
import { keyFileOf } from './keeping-place.ts'
import { localTime } from './lib/local-time.ts'
import { openLog } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { print } from './lib/terminal.ts'
import type { House } from './offices/house.ts'
import { openHouses } from './offices/open-houses.ts'
import { ArticleHistory } from './records/article-history.ts'
import { changesSince } from './records/articles.ts'
import { type Db, isAway, openDb } from './records/db.ts'
import { spaceAt } from './records/free-space.ts'
import { loadKeyring } from './records/keyring.ts'
import { takenSteps } from './records/migrate.ts'
import { staffOf } from './records/staff.ts'

commandLine(
  'npm run doctor     looks at everything a house stands on, and says what is missing; exit 1 where something is',
  {},
)
const log = openLog('silent')

/** Looks at everything a house stands on, changes nothing, and says what somebody must do. */
async function examine(): Promise<Finding[]> {
  loadEnvFile()
  const config = refused(() => readConfig(process.env))
  if (!('mode' in config)) return [config]
  const now = new Date()
  const there = existsSync(config.dataDir) ? config.dataDir : dirname(config.dataDir)
  const machine = {
    node: process.versions.node,
    memory: totalmem(),
    dataDir: config.dataDir,
    mode: config.mode,
  }
  const found = await openHouses(config, log).catch(asFinding('flows'))
  const houses = 'houses' in found ? found.houses : new Map<string, House>()
  return [
    ...('houses' in found ? [good('flows', [...houses.keys()].join(', '))] : [found]),
    ...lookAtMachine({ ...machine, space: await spaceAt(existsSync(there) ? there : '.') }),
    ...(await lookAtPlaces(config)),
    await lookAtPort(config.host, config.port),
    ...lookAtChannels(config, houses),
    ...(await lookAtScanner(config.clamav, config.mode, now)),
    ...[
      judgeWay('DATABASE_URL', config.databaseUrl),
      judgeWay('DATABASE_OWNER_URL', config.databaseOwnerUrl),
      judgeWay('READ_DATABASE_URL', config.readDatabaseUrl),
    ].filter(one => one !== undefined),
    ...[...houses.values()].flatMap(house => lookAtOffice(house, config.mode, now)),
    ...(await lookAtRecords(config, houses, now)),
  ]
}

async function lookAtRecords(
  config: Config,
  houses: ReadonlyMap<string, House>,
  now: Date,
): Promise<Finding[]> {
  const isMade =
    existsSync(join(config.dataDir, 'postgres')) || existsSync(join(config.dataDir, 'postgres.place'))
  if (config.databaseUrl === undefined && !isMade)
    return [good('database', 'one of its own is made at the first start')]
  const records = await joinAsTheyAre(config, log).catch(asFinding('database'))
  if (!('program' in records)) return [records]
  const db = openDb(records.program, { max: 1, log })
  const owner = records.owner === undefined ? undefined : openDb(records.owner, { max: 1, log })
  try {
    const findings = [
      ...(await lookAtDatabase((owner ?? db).pool)),
      await lookAtRole(db.pool, owner !== undefined),
      // Of sessions of other roles the program sees no more than their names.
      ...(await lookAtVacuum((owner ?? db).pool)),
      ...(config.databaseUrl === undefined ? [] : [await lookAtRelease(db.pool)]),
      ...(config.readDatabaseUrl === undefined ? [] : [await lookAtReplica(config.readDatabaseUrl)]),
    ]
    if ((await takenSteps(db.pool)).length === 0) return findings
    return [...findings, ...(await lookInside(config, db, houses, now))]
  } catch (error) {
    if (!isAway(error)) throw error
    return [
      must('database', `cannot be reached (${codeOf(error)}). Your move: start it, or correct DATABASE_URL.`),
    ]
  } finally {
    await owner?.close()
    await db.close()
    await records.close()
  }
}

async function lookInside(
  config: Config,
  db: Db,
  houses: ReadonlyMap<string, House>,
  now: Date,
): Promise<Finding[]> {
  const file = keyFileOf(config)
  const keyring = existsSync(file) ? await loadKeyring(file, { make: false }) : undefined
  const findings = await lookAtHouse({ db, keyring, mode: config.mode, now })
  for (const [id, house] of houses) {
    const history = new ArticleHistory()
    for (const change of await changesSince(db.pool, id, 0)) history.take(change)
    const articles = history.ids().flatMap(one => history.get(one) ?? [])
    findings.push(lookAtArticles(id, articles, localTime(house.office.zone, now).slice(0, 10)))
    const { rows } = await db.pool.query<{ desk: string }>(
      `select desk from groups where office = $1 and status = 'active'`,
      [id],
    )
    const groups = new Set(rows.map(({ desk }) => desk))
    findings.push(...lookAtStaff(house, { people: (await staffOf(db.pool, id)).length, groups }, config.mode))
  }
  return findings
}

function refused<T>(read: () => T): T | Finding {
  try {
    return read()
  } catch (error) {
    return asFinding('configuration')(error)
  }
}

/** A refusal says itself what is wrong and whose move it is; anything else is a fault of ours. */
function asFinding(about: string) {
  return (error: unknown): Finding => {
    if (error instanceof Refusal) return must(about, error.message)
    if (isAway(error))
      return must(about, `cannot be reached (${codeOf(error)}). Your move: start it, or correct its address.`)
    throw error
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
}

const findings = await examine()
print(report(findings).trimEnd())
process.exit(findings.some(({ level }) => level === 'must') ? 1 : 0)
