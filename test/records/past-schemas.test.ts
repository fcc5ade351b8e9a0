import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readManifest } from '../../src/backup/manifest.ts'
import { restoreBackup } from '../../src/backup/restore-backup.ts'
import { decideRestored } from '../../src/backup/restored.ts'
import { readSession } from '../../src/channels/web/session.ts'
import type { Db } from '../../src/records/db.ts'
import { archivedFlows } from '../../src/records/flow-versions.ts'
import { keyFor, loadKeyring } from '../../src/records/keyring.ts'
import { knownSteps, migrate, takenSteps } from '../../src/records/migrate.ts'
import { checkKeyring } from '../../src/records/own-database.ts'
import { openFolder } from '../../src/records/sealed-files.ts'
import { emptyDatabase, type TestDatabase } from '../helpers/database.ts'
import { houses, message, type TestLine, testLine } from '../helpers/line.ts'

const past = join(import.meta.dirname, '../fixtures/schemas')
const home = await mkdtemp(join(tmpdir(), 'balai-past-'))
afterAll(() => rm(home, { recursive: true, force: true }))
const names = readdirSync(past)

/** A house as an older program left it, brought to today's schema, with today's line on it. */
async function moveIn(name: string) {
  const database = await emptyDatabase()
  const folder = join(past, name, 'backup')
  const keyring = await loadKeyring(join(past, name, 'keys.json'), { make: false })
  const place = openFolder(join(home, name))
  await restoreBackup({ folder, keyring, address: database.address, place, now: new Date() })
  // Before anything is at work in it: what waited for its time then is due now.
  const rows = await countRows(database.db, folder)
  await checkKeyring(database.db, keyring)
  await decideRestored(database.db, 'release')
  houses.remember(await archivedFlows(database.db))
  const line = await testLine(database.db, keyring)
  const said = JSON.parse(readFileSync(join(past, name, 'said.json'), 'utf8')) as Record<string, string>
  const say = async (session: string, text: string) => {
    const address = readSession(keyFor(keyring, 'web'), 'medan', session)?.address ?? ''
    await line.inbox.receive(message({ office: 'medan', channel: 'web', address, text }))
    await line.quiet()
    return line.groups.sent.filter(sent => sent.address === address).at(-1)?.text ?? ''
  }
  return { ...database, line, said, say, rows }
}

/** By table: how many rows there are, and how many its backup speaks of. */
async function countRows(db: Db, folder: string): Promise<Record<string, [number, number]>> {
  const { manifest } = await readManifest(folder)
  const counted: Record<string, [number, number]> = {}
  for (const table of manifest.tables.filter(({ name }) => name !== 'public.house')) {
    const { rows } = await db.pool.query<{ rows: number }>(`select count(*)::int as rows from ${table.name}`)
    counted[table.name] = [rows[0]?.rows ?? -1, table.rows]
  }
  return counted
}

it('has a house of every schema that was ever left behind', () => {
  expect(names).toEqual(
    expect.arrayContaining(['0000_first', '0001_telegram', '0002_whatsapp', '0003_knowledge']),
  )
})

describe.each(names)('a house of schema %s', name => {
  let house: TestDatabase & {
    line: TestLine
    said: Record<string, string>
    rows: Record<string, [number, number]>
    say(s: string, t: string): Promise<string>
  }
  beforeAll(async () => {
    house = await moveIn(name)
  })

  it('comes to today with every row, and nothing is left to do', async () => {
    expect(Object.keys(house.rows)).toContain('public.tickets')
    expect(Object.entries(house.rows).filter(([, [now, then]]) => now !== then)).toEqual([])
    await migrate(house.address)
    expect((await takenSteps(house.db.pool)).map(({ hash }) => hash)).toEqual(
      knownSteps().map(({ hash }) => hash),
    )
  })

  it('still tells its citizen how the report stands, and takes up the draft where it was left', async () => {
    const { open = '', draft = '', code = '', words = '' } = house.said
    expect(await house.say(open, `status ${code}`)).toContain(code)
    expect(await house.say(draft, words)).toMatch(/Kapan kejadiannya/)
  })
})
