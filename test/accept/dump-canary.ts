import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { loadKeyring } from '../../src/records/keyring.ts'
import { backupOf } from './canary/backup.ts'
import { openBalai } from './canary/balai.ts'
import { openCanaries } from './canary/canaries.ts'
import { dumpOf, inDatabase } from './canary/dump.ts'
import { fillEveryField } from './canary/every-field.ts'
import { searchFor } from './canary/search.ts'
import { openAfterSwap } from './canary/swapped-cells.ts'
import { type Check, progress } from './check.ts'

/**
 * Guarantees R7 and T35: whoever steals a dump, a backup or the whole DATA_DIR reads nothing. Canaries go in through every field in every
 * mode and are looked for in all spellings; sealed cells do not open in another row. Controls: the same words put into a table
 * unsealed are found in all three places, and the cells open where they belong.
 */
export const check: Check = {
  async run() {
    const balai = await openBalai()
    const canaries = openCanaries()
    try {
      await balai.start()
      progress('filling every field in every mode')
      await fillEveryField(balai, canaries)
      await pause(1000)
      const exitCode = await balai.stop()
      const keyFile = join(dirname(balai.dataDir), 'sealing.key')
      const keyring = await loadKeyring(keyFile, { make: false })
      const keys = JSON.parse(await readFile(keyFile, 'utf8')) as { lookup: string; outer: { key: string }[] }
      for (const key of [keys.lookup, ...keys.outer.map(outer => outer.key)])
        canaries.note('key', Buffer.from(key, 'base64'))
      const search = searchFor(canaries)
      progress(`searching for ${canaries.all().length} canaries`)
      const inFolder = await search.inFolder(balai.dataDir)
      const inBackup = search.inBytes(await backupOf(balai.dataDir, keyring), 'backup')
      const { dump, swapped, planted } = await inDatabase(balai.dataDir, async client => {
        const clean = await dumpOf(client)
        const swap = await openAfterSwap(client, keyring)
        await client.query('create table planted (value text, bytes bytea)')
        await client.query(
          'insert into planted select convert_from(b, $2), b from unnest($1::bytea[]) as b',
          [canaries.all().map(({ value }) => Buffer.from(value.toString('base64'))), 'utf8'],
        )
        return { dump: clean, swapped: swap, planted: search.inBytes(await dumpOf(client), 'dump') }
      })
      const inDump = search.inBytes(dump, 'dump')
      const plantedInBackup = search.inBytes(await backupOf(balai.dataDir, keyring), 'backup')
      const plantedInFolder = await search.inFolder(balai.dataDir)
      for (const hit of [...inDump, ...inFolder, ...inBackup])
        progress(`found: ${hit.stoodFor} as ${hit.spelling} in ${hit.where}`)
      const kinds = new Set(canaries.all().map(({ stoodFor }) => stoodFor)).size
      const different = (hits: typeof planted) => new Set(hits.map(({ stoodFor }) => stoodFor)).size
      const totals = {
        canaries: canaries.all().length,
        hits: inDump.length + inFolder.length + inBackup.length,
        dumpKiB: Math.round(dump.length / 1024),
        swappedOpened: swapped.opened,
        controlUnswapped: swapped.unswapped,
        controlInDump: different(planted),
        controlInFolder: different(plantedInFolder),
        controlInBackup: different(plantedInBackup),
      }
      const held = totals.hits + totals.swappedOpened === 0 && exitCode === 0
      const seen =
        totals.controlInDump === kinds &&
        totals.controlInFolder === kinds &&
        totals.controlInBackup === kinds &&
        swapped.unswapped === 2
      return { totals, ok: held && seen && totals.canaries >= 50 }
    } finally {
      await balai.remove()
    }
  },
}
