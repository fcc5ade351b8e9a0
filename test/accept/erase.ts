import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeBackup } from '../../src/backup/make-backup.ts'
import { restoreBackup } from '../../src/backup/restore-backup.ts'
import { openLog } from '../../src/lib/log.ts'
import type { ServerAddress } from '../../src/records/address.ts'
import { openDb } from '../../src/records/db.ts'
import { joinEmbedded } from '../../src/records/embedded/start.ts'
import { openFolder } from '../../src/records/sealed-files.ts'
import { openBalai } from './canary/balai.ts'
import { dumpOf, onDatabase } from './canary/dump.ts'
import { type Check, progress } from './check.ts'
import { age, forget } from './erase/age.ts'
import { eraseAll, tellAll } from './erase/citizen.ts'
import { lookFor, readable } from './erase/readable.ts'
import { renewAndWait, ringIn } from './erase/renew.ts'
import { openAround } from './erase/voices.ts'
import { linkNumber } from './harness/linked-balai.ts'
import { quiet } from './restore/living.ts'

/** Why somebody's words go: they say so, or their time is over; or they stay. */
const FATES = ['wished', 'aged', 'stays'] as const

/** Things each person told that stand somewhere before: words, names, files. */
const FEWEST = 10

/**
 * Guarantee R7, §4.2 and §4.4: over the web, Telegram and both WhatsApps, whoever said HAPUS DATA and whoever's time of keeping is over can
 * not be read any more: no word, name, address or file of theirs in any table, opened with every key that remains, nor in DATA_DIR, logs or
 * a dump; and once the outer key was renewed and the old one destroyed, not in a backup from before. Who stays is read all the while, so
 * that a search that sees nothing is caught. Controls: erasing the messages alone; the same backup with the key not renewed.
 */
export const check: Check = {
  async run() {
    const home = await mkdtemp(join(tmpdir(), 'balai-accept-erase-'))
    const keyFile = join(home, 'sealing.key')
    const around = await openAround(keyFile)
    const balai = await openBalai(around.env)
    const log = openLog('silent')
    try {
      await balai.start()
      const { owner: connection, stop } = await joinEmbedded({ dataDir: balai.dataDir, log })
      await linkNumber(connection, keyFile, around.whatsapp.number)
      await around.opened(balai.url)
      progress('everybody tells everything')
      const told = await Promise.all(
        Object.entries(around.voices).flatMap(([channel, make]) =>
          FATES.map(async fate => {
            const one = await tellAll(balai.url, make, { wishes: fate !== 'aged' })
            return { ...one, fate, called: `${channel}, ${fate}` }
          }),
        ),
      )
      const gone = told.filter(({ fate }) => fate !== 'stays')
      const stays = told.filter(({ fate }) => fate === 'stays')
      const files = join(balai.dataDir, 'files')
      const before = await ringIn(keyFile)
      const { folder } = await makeBackup({
        address: connection,
        places: [openFolder(files)],
        keyring: before,
        into: join(home, 'backups'),
        balai: 'accept',
        now: new Date(),
      })

      progress('some wish to be erased, of others the time is over')
      for (const one of told) if (one.fate === 'wished') await eraseAll(one)
      const db = openDb(connection, { max: 2 })
      await quiet(db)
      const read = (address: ServerAddress, ring: typeof before, at = files) =>
        onDatabase(address, client => readable(client, ring, at))
      await forget(db, before)
      const wished = await read(connection, before)
      await age(
        db,
        told.flatMap(({ fate, code }) => (fate === 'aged' ? [code] : [])),
      )
      await forget(db, before)
      const erased = await read(connection, before)
      await db.close()

      progress('the outer key is renewed; five weeks later the old one is destroyed')
      const after = await renewAndWait(balai.dataDir, keyFile)
      const renewed = await read(connection, after)
      const dump = await onDatabase(connection, async client => {
        await client.query('create database past')
        await client.query('checkpoint')
        return dumpOf(client)
      })
      const past = { ...connection, database: 'past' }
      const at = join(home, 'past')
      await restoreBackup({ folder, keyring: before, address: past, place: openFolder(at), now: new Date() })
      const inBackup = await read(past, after, at)
      const notRenewed = await read(past, before, at)
      await onDatabase(past, client => client.query('delete from inbox; delete from outbox'))
      const messagesAlone = await read(past, before, at)
      await stop()
      // How long it takes to stop is another check's affair; that it never ended by itself is ours.
      await balai.stop()
      const deaths = balai.stderr().split('Balai ended by itself').length - 1

      const { inBytes, inReadable, inFolder } = lookFor(gone)
      const seen = (all: typeof erased) => lookFor(stays).inReadable(all).length
      const hits = {
        wished: lookFor(told.filter(({ fate }) => fate === 'wished')).inReadable(wished),
        erased: inReadable(erased),
        renewed: inReadable(renewed),
        backup: inReadable(inBackup),
        dump: inBytes(dump, 'dump'),
        log: inBytes(Buffer.from(balai.stderr() + balai.stdout()), 'log'),
        folder: await inFolder(balai.dataDir),
      }
      for (const hit of new Set(Object.values(hits).flat())) progress(`found: ${hit}`)
      const all = gone.reduce((sum, { canaries }) => sum + canaries.all().length, 0)
      const totals = {
        people: told.length,
        canaries: all,
        readableAfterErase: hits.wished.length + hits.erased.length + hits.renewed.length,
        readableInBackup: hits.backup.length,
        hits: hits.dump.length + hits.log.length + hits.folder.length,
        deaths,
        outerKeys: after.outer.length,
        opened: erased.opened,
        openedInBackup: inBackup.opened,
        staying: seen(notRenewed),
        stayingSeen: Math.min(seen(erased), seen(renewed)),
        controlMessagesAlone: inReadable(messagesAlone).length,
        controlNotRenewed: inReadable(notRenewed).length,
      }
      const held = totals.readableAfterErase + totals.readableInBackup + totals.hits + deaths === 0
      // Some stand nowhere even before: a session, a name on a platform that is not asked for.
      const isSeen = totals.stayingSeen === totals.staying && totals.controlNotRenewed >= FEWEST * gone.length
      return { totals, ok: held && isSeen && totals.controlMessagesAlone > 0 && after.outer.length === 1 }
    } catch (error) {
      progress(balai.stderr().slice(-2000))
      throw error
    } finally {
      await balai.remove()
      await around.close()
      await rm(home, { recursive: true, force: true })
    }
  },
}
