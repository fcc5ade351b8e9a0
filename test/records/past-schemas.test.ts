import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readManifest } from '../../src/backup/manifest.ts'
import { restoreBackup } from '../../src/backup/restore-backup.ts'
import { decideRestored } from '../../src/backup/restored.ts'
import { readSession } from '../../src/channels/web/session.ts'
import { openLog } from '../../src/lib/log.ts'
import { openHouses } from '../../src/offices/open-houses.ts'
import { archivedFlows } from '../../src/records/flow-versions.ts'
import { keyFor, loadKeyring } from '../../src/records/keyring.ts'
import { knownSteps, migrate, takenSteps } from '../../src/records/migrate.ts'
import { checkKeyring } from '../../src/records/own-database.ts'
import { openFolder } from '../../src/records/sealed-files.ts'
import { emptyDatabase, type TestDatabase } from '../helpers/database.ts'
import { message, testLine } from '../helpers/line.ts'

const past = join(import.meta.dirname, '../fixtures/schemas')
const home = await mkdtemp(join(tmpdir(), 'balai-past-'))
afterAll(() => rm(home, { recursive: true, force: true }))
const names = readdirSync(past)
/** Its own: it remembers what citizens of older houses stand in. */
const houses = await openHouses({ flowsDir: 'flows', offices: undefined, mode: 'trial' }, openLog('silent'))

/** A house as an older program left it, brought to today's schema, with today's line on it. */
async function moveIn(name: string) {
  const database = await emptyDatabase()
  const folder = join(past, name, 'backup')
  const keyring = await loadKeyring(join(past, name, 'keys.json'), { make: false })
  const place = openFolder(join(home, name))
  await restoreBackup({ folder, keyring, address: database.address, place, now: new Date() })
  const restored = await rowsIn(database, folder)
  await checkKeyring(database.db, keyring)
  await decideRestored(database.db, 'release')
  houses.remember(await archivedFlows(database.db))
  const line = await testLine(database.db, keyring, undefined, undefined, undefined, houses.houses)
  const said = JSON.parse(readFileSync(join(past, name, 'said.json'), 'utf8')) as Record<string, string>
  const say = async (session: string, text: string) => {
    const address = readSession(keyFor(keyring, 'web'), 'medan', session)?.address ?? ''
    await line.inbox.receive(message({ office: 'medan', channel: 'web', address, text }))
    await line.quiet()
    return line.groups.sent.filter(sent => sent.address === address).at(-1)?.text ?? ''
  }
  return { ...database, line, said, say, restored }
}

/** Rows of each table now, beside those its backup had; before anybody is at work. */
async function rowsIn({ db }: TestDatabase, folder: string) {
  const { manifest } = await readManifest(folder)
  const rows: { name: string; now: number; had: number }[] = []
  for (const table of manifest.tables.filter(({ name }) => name !== 'public.house')) {
    const counted = await db.pool.query<{ now: number }>(`select count(*)::int as now from ${table.name}`)
    rows.push({ name: table.name, now: counted.rows[0]?.now ?? -1, had: table.rows })
  }
  return rows
}

it('has a house of every schema that was ever left behind', () => {
  expect(names).toEqual(
    expect.arrayContaining(['0000_first', '0001_telegram', '0002_whatsapp', '0003_knowledge']),
  )
})

describe.each(names)('a house of schema %s', name => {
  let house: Awaited<ReturnType<typeof moveIn>>
  beforeAll(async () => {
    house = await moveIn(name)
  })

  it('comes to today with every row, and nothing is left to do', async () => {
    expect(house.restored.filter(({ now, had }) => now !== had)).toEqual([])
    expect(house.restored.find(({ name }) => name === 'public.tickets')?.now).toBe(2)
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
