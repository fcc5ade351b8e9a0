import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { openLog } from '../../../src/lib/log.ts'
import type { ServerAddress } from '../../../src/records/address.ts'
import { joinEmbedded } from '../../../src/records/embedded/start.ts'
import { steppingClock } from '../../helpers/stepping-clock.ts'
import { type Balai, openBalai } from '../canary/balai.ts'
import { inDatabase } from '../canary/dump.ts'

/** Balai and its database on one machine whose clock can be set. */
export type Machine = {
  balai: Balai
  /** Sets the clock to the real time and so many milliseconds. */
  stepTo(ms: number): Promise<void>
  /** One number of the database, by its own stepped clock. */
  count(sql: string): Promise<number>
}

export async function openMachine(): Promise<Machine> {
  const home = await mkdtemp(join(tmpdir(), 'balai-accept-clock-'))
  const file = join(home, 'clock')
  await writeFile(file, '0')
  const preload = pathToFileURL(join(import.meta.dirname, 'stepping-date.ts')).href
  const balai = await openBalai({
    LOG_LEVEL: 'warn',
    NODE_OPTIONS: `--import ${preload}`,
    STEPPING_CLOCK: file,
  })
  await balai.start()
  const embedded = await joinEmbedded({ dataDir: balai.dataDir, log: openLog('silent') })
  const clock = await steppingClock(embedded.owner as ServerAddress)
  await embedded.stop()
  // Its connections find the other clock from now on.
  await balai.stop()
  await balai.start()
  // The jobs' own schema names the server's clock; on a machine whose clock is set that one steps as well.
  await inDatabase(balai.dataDir, client =>
    client.query(
      'create or replace function pgboss.job_now() returns timestamptz language sql stable as $$ select stepping.now() $$',
    ),
  )
  return {
    balai: {
      ...balai,
      async remove() {
        await balai.remove()
        await rm(home, { recursive: true, force: true })
      },
    },
    async stepTo(ms) {
      await clock.stepTo(ms)
      await writeFile(file, String(ms))
      await pause(50)
    },
    count: sql =>
      inDatabase(balai.dataDir, async client => {
        const { rows } = await client.query<{ count: number }>(sql)
        return Number(rows[0]?.count)
      }),
  }
}
