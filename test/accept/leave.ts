import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decideRestored } from '../../src/backup/restored.ts'
import { type Manifest, readManifest } from '../../src/leave/manifest.ts'
import type { ServerAddress } from '../../src/records/address.ts'
import { openDb } from '../../src/records/db.ts'
import { checkKeyring, checkMode } from '../../src/records/own-database.ts'
import { personEverywhere } from '../helpers/person-everywhere.ts'
import { type Check, progress, size } from './check.ts'
import { type Records, type Server, startServer } from './harness/server.ts'
import type { Move } from './leave/child.ts'
import { grow } from './leave/grow.ts'
import { openFiles, storeFiles } from './restore/files.ts'
import { lineOn } from './restore/living.ts'
import { openPlatform } from './restore/platform.ts'
import { speakOn } from './rights/speak.ts'

/** A quarter of the house may take so much less memory, and no more: what is read is not kept. */
const FLAT = 1.3
/** Little enough that nothing of size can be kept: with room, garbage is collected late, the young the later the longer it goes on, and looks like growth. */
const HEAP = ['--max-old-space-size=64', '--max-semi-space-size=2']

/**
 * A house of `--citizens` leaves and comes in again elsewhere: written once more, every table and file is equal, byte by byte; a citizen's status
 * is told by the new house; and memory is as flat for all of it as for a quarter. Controls: one row that is taken out of the house that
 * came in must show, and a folder from which a line was taken must be refused.
 */
export const check: Check = {
  async run(flags) {
    const citizens = size(flags, 'citizens', 10_000)
    const server = await startServer()
    const home = await mkdtemp(join(tmpdir(), 'balai-accept-leave-'))
    try {
      const small = await houseOf(server, home, 'small', Math.ceil(citizens / 4))
      const whole = await houseOf(server, home, 'whole', citizens)
      const least = await move('write', small.records, home, 'small')
      const first = await move('write', whole.records, home, 'whole')
      progress(
        `left: ${first.manifest.tables.reduce((sum, { rows }) => sum + rows, 0)} rows, ${first.rssMiB} MiB`,
      )

      const brought = { ...whole.records, address: await server.empty('brought') }
      const came = await move('bring', brought, home, 'whole', 'brought')
      const second = await move('write', brought, home, 'again', 'brought')
      const filesOpened = await inside(brought.address, db =>
        openFiles(db, brought, join(home, 'brought'), whole.files),
      )
      await inside(brought.address, db =>
        db.pool.query('delete from ticket_events where id = (select max(id) from ticket_events)'),
      )
      const third = await move('write', brought, home, 'dropped', 'brought')
      const told = await statusIn(brought, whole.code)
      const refused = await refusesDropped(server, whole.records, home)

      const totals = {
        citizens,
        tables: first.manifest.tables.length,
        rows: first.manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
        differences: differences(first.manifest, second.manifest).join(),
        filesOpened,
        statusTold: told,
        writeMiB: first.rssMiB,
        writeMiBOfQuarter: least.rssMiB,
        bringMiB: came.rssMiB,
        controlDifferences: differences(first.manifest, third.manifest).join(),
        controlRefused: refused,
      }
      const isFlat = first.rssMiB <= FLAT * least.rssMiB && came.rssMiB <= FLAT * first.rssMiB
      return {
        totals,
        ok:
          totals.differences === '' &&
          filesOpened === whole.files.length &&
          told &&
          isFlat &&
          totals.controlDifferences.includes('ticket_events') &&
          refused,
      }
    } finally {
      await server.stop()
      await rm(home, { recursive: true, force: true })
    }
  },
}

/** A house with people who used it, a row in every table that names somebody, files, and many citizens more. */
async function houseOf(server: Server, home: string, name: string, citizens: number) {
  const records = await server.database(name)
  const { db, keyring, sealing } = records
  await checkKeyring(db, keyring)
  await checkMode(db, 'trial')
  const platform = openPlatform(2, () => 0.5)
  const line = lineOn(db, keyring, platform)
  await line.start()
  await personEverywhere(speakOn(platform, db, sealing), db, 'warga')
  await line.stop()
  const { rows } = await db.pool.query<{ code: string }>('select code from tickets')
  const files = await storeFiles(records, join(home, name))
  await grow(db, sealing, citizens)
  return { records, files, code: rows[0]?.code ?? '' }
}

/** Moves a house in a process of its own, whose memory is its own. */
async function move(
  what: Move['what'],
  { orders, address }: Records,
  home: string,
  folder: string,
  files = folder,
): Promise<{ rssMiB: number; manifest: Manifest }> {
  const asked: Move = {
    what,
    address,
    keys: orders.keys,
    folder: join(home, 'houses', folder),
    files: join(home, files),
  }
  const child = spawn(
    process.execPath,
    [...HEAP, join(import.meta.dirname, 'leave/child.ts'), JSON.stringify(asked)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let [out, err] = ['', '']
  child.stdout.on('data', words => {
    out += words
  })
  child.stderr.on('data', words => {
    err += words
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${what} ended with ${code}:\n${err.slice(-2000)}`)
  const { manifest } = await readManifest(asked.folder)
  return { ...(JSON.parse(out) as { rssMiB: number }), manifest }
}

/** What is not equal in two houses that left. */
function differences(one: Manifest, other: Manifest): string[] {
  const sums = (house: Manifest) =>
    new Map([...house.tables.map(table => [table.name, table.sum] as const), ['files', house.files.list.sum]])
  const others = sums(other)
  return [...sums(one)].filter(([name, sum]) => others.get(name) !== sum).map(([name]) => name)
}

async function inside<T>(
  address: ServerAddress,
  work: (db: ReturnType<typeof openDb>) => Promise<T>,
): Promise<T> {
  const db = openDb(address, { max: 2 })
  try {
    return await work(db)
  } finally {
    await db.close()
  }
}

/** Whether the house that came in tells its citizen how their report stands. */
function statusIn({ address, keyring }: Records, code: string): Promise<boolean> {
  return inside(address, async db => {
    await decideRestored(db, 'drop')
    // Behind all that was ever said: what the house knows already would fall away as a repeat.
    const platform = openPlatform(2, () => 0.5, 1000)
    const line = lineOn(db, keyring, platform)
    await line.start()
    const told = await platform.say('warga', `status ${code}`)
    await line.stop()
    return told.includes(code)
  })
}

/** A line taken out of a table: refused, and the database as empty as before. */
async function refusesDropped(server: Server, records: Records, home: string): Promise<boolean> {
  const file = join(home, 'houses/whole/tables/staff.jsonl')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.slice(text.indexOf('\n') + 1))
  const address = await server.empty('refused')
  const error = await move('bring', { ...records, address }, home, 'whole', 'refused').catch(
    (reason: unknown) => reason,
  )
  const left = await inside(address, ({ pool }) =>
    pool.query(`select 1 from pg_tables where schemaname = 'public'`),
  )
  return (
    error instanceof Error && error.message.includes('tables/staff.jsonl was changed') && left.rowCount === 0
  )
}
