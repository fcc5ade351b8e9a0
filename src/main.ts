import { join } from 'node:path'
import { announceStart } from './announce-start.ts'
import { buildApp } from './app.ts'
import { restoredFact } from './backup/restored.ts'
import { commandLine } from './command-line.ts'
import { type Config, loadEnvFile, readConfig } from './config.ts'
import { counted } from './counted.ts'
import { openRecords, type Records } from './database.ts'
import { firstAdministrators } from './first-administrators.ts'
import { operatorWarnings } from './jobs/backup-reminder.ts'
import type { Clockwork } from './jobs/by-the-clock.ts'
import { createClockWatch } from './jobs/clock-watch.ts'
import { keyFileOf, makeDataDir } from './keeping-place.ts'
import { watchKeyFile } from './key-watch.ts'
import { LIMITS } from './lib/limits.ts'
import { createLoad } from './lib/load.ts'
import { faultOf, type Log, openLog } from './lib/log.ts'
import { Refusal } from './lib/refusal.ts'
import { say } from './lib/terminal.ts'
import { goOnWithoutReader } from './lib/without-reader.ts'
import { buildLine, type Line } from './line.ts'
import { listen } from './listen.ts'
import { createMeasures } from './measured.ts'
import { openHouses } from './offices/open-houses.ts'
import { openAssistant } from './open-assistant.ts'
import { openChannels } from './open-channels.ts'
import { openDoors } from './open-doors.ts'
import { createAnnouncer } from './outreach/announcer.ts'
import { onlyOwnName } from './own-name.ts'
import { isAway } from './records/away.ts'
import { openFileStore } from './records/file-store.ts'
import { archivedFlows, archiveFlows } from './records/flow-versions.ts'
import { loadKeyring, readKeysIn } from './records/keyring.ts'
import { checkKeyring, checkMode } from './records/own-database.ts'
import { openReads } from './records/reads.ts'
import { createSealing } from './records/sealing.ts'
import { openVirusScan } from './records/virus-scan.ts'
import { reread } from './reread.ts'
import { runningVersions } from './running-versions.ts'
import { lexiconOf, serveArticles } from './serve-articles.ts'
import { serveVacancies } from './serve-vacancies.ts'
import { serveWordings } from './serve-wordings.ts'
import { shedding } from './shedding.ts'
import { startJobs } from './start-jobs.ts'
import { createTelemetry } from './telemetry.ts'

/** SIGTERM means: gone within 10 s. What is not finished by then is in the records anyway. */
const STOP_MS = 9_500

/** Everything is built, wired, started and stopped here, in order. */
async function start(config: Config, log: Log): Promise<() => Promise<void>> {
  const offices = await openHouses(config, log)
  makeDataDir(config.dataDir)
  const counters = counted()
  const records = await openRecords(config, log, () => process.kill(process.pid, 'SIGTERM'))
  const undo: (() => Promise<void>)[] = [() => records.close()]
  try {
    const { db } = records
    const reads = openReads(db, config.readDatabaseUrl, log)
    undo.push(() => reads.close())
    const keyring = await loadKeyring(keyFileOf(config), {
      make: config.mode === 'trial' && (await isEmpty(records)),
    })
    await checkKeyring(db, keyring)
    await checkMode(db, config.mode)
    const wordings = await serveWordings({ db, offices, log })
    undo.push(async () => wordings.stop())
    await archiveFlows(db, offices.flows())
    offices.remember(await archivedFlows(db))
    const knowledge = await serveArticles(config, db, [...offices.houses.keys()])
    const served = [...offices.houses.values()].map(({ office }) => office)
    const vacancies = await serveVacancies(config, db, served)

    const keyFile = keyFileOf(config)
    const sealing = createSealing(keyring, () => readKeysIn(keyFile))
    const keyWatch = watchKeyFile(keyFile, sealing)
    undo.push(async () => keyWatch.stop())
    const { clamav } = config
    const files = openFileStore({
      db,
      sealing,
      folder: join(config.dataDir, 'files'),
      bucket: config.objectStore,
      scan: clamav && openVirusScan({ address: clamav, counters, log }),
    })
    const { channels, doors, plain } = openChannels({
      config,
      offices,
      db,
      keyring,
      sealing,
      address: records.address,
      files,
      log,
      counters,
      wake: () => line.delivery.wake(),
    })
    const line: Line = buildLine({
      db,
      keyring,
      sealing,
      houses: offices.houses,
      learn: offices.remember,
      channels,
      knowledge,
      vacancies,
      log,
      alone: records.alone,
      counters,
      ...(config.mode === 'trial' ? { isTrial: true } : {}),
      pagesAt: config.publicUrl ?? `http://localhost:${config.port}`,
      hasRoom: records.hasRoom,
    })
    const warnings = () =>
      operatorWarnings({ db, keyring, keyFile: keyFileOf(config), mode: config.mode }, new Date())
    const waiting = () => line.inbox.waiting()
    const load = createLoad({
      waiting: () => waiting() / LIMITS.allWaiting.most,
      changed: (level, { lateMs }) =>
        log.warn('the load has changed', { load: level, ms: Math.round(lateMs), count: waiting() }),
    })
    undo.push(async () => load.stop())
    load.start()
    const measures = createMeasures({ db, dataDir: config.dataDir, load, waiting })
    const metrics = async () => counters.text() + (await measures.text())
    const app = buildApp({
      mode: config.mode,
      httpsOnly: config.mode === 'live' && config.publicUrl?.startsWith('https://') === true,
      offices: offices.doors,
      doors: [
        ...doors,
        ...openDoors({
          config,
          db,
          reads: reads.on,
          room: line.room,
          offices,
          files,
          wordings,
          warnings,
          chat: plain,
          log,
          education: () => vacancies.education,
        }),
      ],
      ready: () => ready(records),
      metrics,
      ownName: config.mode === 'trial' ? onlyOwnName(config.publicUrl) : undefined,
      shed: shedding(load, counters),
      away: isAway,
      log,
    })
    // The port before the line: a start that ends here must not look like a death at work.
    const server = await listen(app.fetch, config)
    undo.push(() => server.close())
    // Stopped first: waiting readers are sent home with an answer before their connections go.
    undo.push(() => line.stop())
    let clock: Clockwork | undefined
    // Before anything is claimed: a clock that went back while nothing ran would hold it for as long.
    const clockWatch = createClockWatch({ db, log, stepped: () => clock?.again() })
    undo.push(() => clockWatch.stop())
    await clockWatch.start()
    await line.start()
    const announcer = createAnnouncer({
      db,
      room: line.room,
      offices: () => offices.houses.keys(),
      wake: line.delivery.wake,
      rests: async () => (await restoredFact(db.pool)) !== undefined,
      load,
      log,
    })
    undo.push(() => announcer.stop())
    announcer.start()
    if (config.model !== undefined) {
      const known = lexiconOf(config.flowsDir).reader.words
      const assistant = await openAssistant(config.model, line, { db, known, log, counters })
      if (assistant !== undefined) undo.push(() => assistant.stop())
      assistant?.start()
    }
    const { address } = records
    clock = await startJobs({
      config,
      db,
      address,
      keyFile,
      sealing,
      room: line.room,
      offices,
      files,
      warnings,
      load,
      log,
    })
    const { stop } = clock
    undo.push(stop)
    // Before the jobs: nobody begins them anew while they end.
    undo.push(() => clockWatch.stop())
    if (config.telemetry !== undefined) {
      const telemetry = createTelemetry({ settings: config.telemetry, metrics, log })
      undo.push(async () => telemetry.stop())
      telemetry.start()
    }
    process.on('SIGHUP', () => reread({ config, offices, knowledge, vacancies, db, log }))
    const live = config.mode === 'live'
    announceStart(config, {
      port: server.port,
      warnings: await warnings(),
      administrators: live ? await firstAdministrators(db, sealing, offices.houses.keys()) : [],
    })
  } catch (error) {
    await unwind(undo)
    throw error
  }
  return () => unwind(undo)
}

async function unwind(undo: (() => Promise<void>)[]): Promise<void> {
  for (const step of undo.reverse()) await step()
}

/** A key is only ever made for a database that has seen none: a lost key file must not be replaced in silence. */
async function isEmpty({ db }: Records): Promise<boolean> {
  const { rowCount } = await db.pool.query(`select 1 from house where name = 'sealing_key'`)
  return rowCount === 0
}

async function ready({ db, hasRoom }: Records): Promise<string | undefined> {
  if (hasRoom?.() === false) return 'the disk is nearly full'
  try {
    await db.pool.query('select 1')
    return undefined
  } catch (error) {
    return isAway(error) ? 'the database cannot be reached' : 'the database gives no answer'
  }
}

async function main(): Promise<void> {
  goOnWithoutReader()
  commandLine('npm start     everything; its settings stand in .env, and .env.example tells each', {})
  loadEnvFile()
  const config = readConfig(process.env)
  const log = openLog(config.logLevel)
  log.info('Balai starts', { version: runningVersions() })
  let asked: () => void = () => undefined
  const stopAsked = new Promise<void>(resolve => {
    asked = resolve
  })
  // Ctrl-C reaches us once from the terminal and perhaps again through npm: the first counts, the others do nothing.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => asked())
  const stop = await start(config, log)
  await stopAsked
  setTimeout(() => {
    log.error('stopping took too long')
    process.exit(1)
  }, STOP_MS).unref()
  await stop()
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (error instanceof Refusal) say(error.message)
    else {
      openLog('error').error('Balai could not start', faultOf(error))
      say(error instanceof Error ? (error.stack ?? error.message) : String(error))
    }
    process.exit(1)
  },
)
