import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { makeBackup } from '../../src/backup/make-backup.ts'
import { restoreBackup } from '../../src/backup/restore-backup.ts'
import { heldAfterRestore } from '../../src/backup/restored.ts'
import { Refusal } from '../../src/lib/refusal.ts'
import type { DatabaseAddress } from '../../src/records/address.ts'
import { type Db, openDb } from '../../src/records/db.ts'
import { checkKeyring } from '../../src/records/own-database.ts'
import { openFolder } from '../../src/records/sealed-files.ts'
import { type Check, progress, size } from './check.ts'
import { seeded } from './harness/chance.ts'
import { type Records, type Server, startServer } from './harness/server.ts'
import { fileReport } from './restore/citizens.ts'
import { FILES, openFiles, storeFiles } from './restore/files.ts'
import { forgetSafety, lineOn, liveOn } from './restore/living.ts'
import { openPlatform, type Platform } from './restore/platform.ts'

/** Citizens at work side by side. */
const LANES = 32

/**
 * Guarantee F22: `--citizens` file reports; in the middle of it a backup is made, and half a minute's work goes on. It is restored
 * elsewhere, and the platform repeats all it ever delivered: nothing acknowledged before is new, nobody has two tickets, nobody lacks
 * one, and no word of before is sent until a person releases it; then each once. Every file opens, and a backup that was cut short is
 * refused. The control restores without holding words and without the ids of messages, and must be caught at both.
 */
export const check: Check = {
  async run(flags) {
    const citizens = size(flags, 'citizens', 400)
    const chance = seeded(size(flags, 'seed', 7))
    const server = await startServer()
    const home = await mkdtemp(join(tmpdir(), 'balai-accept-restore-'))
    try {
      const source = await server.database('source')
      await checkKeyring(source.db, source.keyring)
      const files = await storeFiles(source, join(home, 'files'))
      const platform = openPlatform(60, chance)
      const backup = await backUpUnderLoad(source, platform, { citizens, chance, home })
      progress(
        `backup of ${backup.before.length} of ${platform.posted.length} messages, ${backup.tickets} of ${citizens} tickets`,
      )

      const restored = await restoreInto(server, source, home, backup.folder, 'restored')
      const held = await heldKeys(restored.db)
      const outcome = await liveOn(restored.db, source.keyring, platform.posted)
      const opened = await openFiles(restored.db, source, join(home, 'restored'), files)
      progress(
        `${held.waiting.length} held, ${outcome.platform.sent.length} sent after the platform repeated`,
      )

      const naive = await restoreInto(server, source, home, backup.folder, 'naive')
      await forgetSafety(naive.db)
      const control = await liveOn(naive.db, source.keyring, platform.posted)
      const refused = await refusesHalf(server, source, home, backup.folder)

      const acknowledged = new Set(backup.before.map(({ externalId }) => externalId))
      const oldSent = outcome.sentBefore.filter(key => held.all.has(key)).length
      const released = held.waiting.map(key => outcome.platform.sent.filter(one => one.key === key).length)
      const totals = {
        citizens,
        messages: platform.posted.length,
        ticketsInBackup: backup.tickets,
        lost: outcome.fresh.filter(({ externalId }) => acknowledged.has(externalId)).length + outcome.without,
        dupTickets: outcome.doubled,
        held: held.waiting.length,
        oldSent,
        releasedOnce: released.filter(count => count === 1).length,
        filesOpened: opened,
        brokenRefused: refused,
        controlDupTickets: control.doubled,
        controlOldSent: control.sentBefore.filter(key => held.all.has(key)).length,
      }
      const underLoad = backup.tickets > 0 && backup.tickets < citizens && held.waiting.length > 0
      const whole = totals.lost + totals.dupTickets + oldSent === 0 && opened === FILES && refused
      const caught = totals.controlDupTickets > 0 && totals.controlOldSent > 0
      return { totals, ok: underLoad && whole && caught && totals.releasedOnce === totals.held }
    } finally {
      await server.stop()
      await rm(home, { recursive: true, force: true })
    }
  },
}

type Load = { citizens: number; chance: () => number; home: string }

/** What was acknowledged before the backup began, and how many tickets are in it. */
async function backUpUnderLoad(
  { db, address, keyring }: Records,
  platform: Platform,
  { citizens, chance, home }: Load,
) {
  const line = lineOn(db, keyring, platform)
  await line.start()
  const names = Array.from({ length: citizens }, (_, n) => `warga-${n}`)
  let filed = 0
  const lane = async () => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      await fileReport(platform, name, chance)
      filed += 1
    }
  }
  const load = Promise.all(Array.from({ length: LANES }, lane))
  while (filed < citizens / 3) await Promise.race([pause(5), load])
  const began = performance.now()
  const { folder, manifest } = await makeBackup({
    address,
    keyring,
    places: [openFolder(join(home, 'files'))],
    into: join(home, 'backups'),
    balai: 'accept',
    now: new Date(),
  })
  await load
  await line.stop()
  return {
    folder,
    tickets: manifest.tables.find(({ name }) => name === 'public.tickets')?.rows ?? 0,
    before: platform.posted.filter(({ acknowledged }) => acknowledged < began).map(({ message }) => message),
  }
}

async function restoreInto(server: Server, source: Records, home: string, folder: string, name: string) {
  const address = await server.empty(name)
  const place = openFolder(join(home, name))
  await restoreBackup({ folder, keyring: source.keyring, address, place, now: new Date() })
  return { address, db: server.open(address) }
}

/** Keys of all that was ever said in the restored house, and of what is held. */
async function heldKeys({ pool }: Db): Promise<{ all: Set<string>; waiting: string[] }> {
  const { rows } = await pool.query<{ key: string; status: string }>('select key, status from outbox')
  const waiting = rows.filter(({ status }) => status === 'restored').map(({ key }) => key)
  const { words } = await heldAfterRestore({ query: pool.query.bind(pool) as never })
  if (words.reduce((sum, { count }) => sum + count, 0) !== waiting.length)
    throw new Error('What is told of what is held is wrong.')
  return { all: new Set(rows.map(({ key }) => key)), waiting }
}

/** A table that lost its last bytes: refused with its name, and the database is as empty as before. */
async function refusesHalf(server: Server, source: Records, home: string, folder: string): Promise<boolean> {
  const tables = await readdir(join(folder, 'tables'))
  await truncate(join(folder, 'tables', tables.find(name => name.includes('tickets')) ?? ''), 100)
  const error = await restoreInto(server, source, home, folder, 'half').catch((reason: unknown) => reason)
  const db: Db = openDb(addressOf(source.address, 'half'), { max: 1 })
  const { rowCount } = await db.pool.query(`select 1 from pg_tables where schemaname = 'public'`)
  await db.close()
  return error instanceof Refusal && error.message.includes('tickets') && rowCount === 0
}

function addressOf(address: Records['address'], database: string): DatabaseAddress {
  return { ...address, database }
}
