import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PgBoss } from 'pg-boss'
import { afterAll, expect, inject, it, vi } from 'vitest'
import { readConfig } from '../src/config.ts'
import { joinAsTheyAre, openRecords } from '../src/database.ts'
import { runByTheClock } from '../src/jobs/by-the-clock.ts'
import { type Log, openLog } from '../src/lib/log.ts'
import { connectionOf, type DatabaseAddress } from '../src/records/address.ts'
import { databaseUrl } from './accept/harness/database-url.ts'
import { emptyDatabase } from './helpers/database.ts'
import { asRole } from './helpers/other-database.ts'

const { db, address } = await emptyDatabase()
const other = await emptyDatabase()
const program = asRole(address, inject('program'))
const folder = mkdtempSync(join(tmpdir(), 'balai-roles-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const urlOf = (of: DatabaseAddress) => (typeof of === 'string' ? of : databaseUrl(of))
const configOf = (one: DatabaseAddress, owner?: DatabaseAddress) =>
  readConfig({
    DATA_DIR: folder,
    DATABASE_URL: urlOf(one),
    ...(owner === undefined ? {} : { DATABASE_OWNER_URL: urlOf(owner) }),
  })
const open = (...of: Parameters<typeof configOf>) =>
  openRecords(configOf(...of), openLog('silent'), () => undefined)
const refusal = async (...of: Parameters<typeof configOf>) => String(await open(...of).catch(String))

it('refuses two databases, and roles there are none of, without their passwords', async () => {
  expect(await refusal(program, other.address)).toMatch(/two different databases. Nothing was touched/)
  const stranger = asRole(address, { user: 'nobody_of_that_name', password: 'rahasia' })
  const refused = await refusal(stranger, address)
  expect(refused).toMatch(/refuses the role that DATABASE_URL names \(28\w+\). Your move/)
  expect(await refusal(program, stranger)).toMatch(/that DATABASE_OWNER_URL names/)
  expect(refused).not.toContain('rahasia')
  expect((await db.pool.query(`select 1 from pg_tables where schemaname = 'public'`)).rowCount).toBe(0)
})

it('migrates as the owner, whose connections are closed, and goes on as the program', async () => {
  const records = await open(program, address)
  try {
    const { rows } = await records.db.pool.query(
      'select current_user as role, (select count(*) from tickets) as n',
    )
    expect(rows).toEqual([{ role: inject('program').user, n: 0 }])
    await expect(records.db.pool.query('create table made ()')).rejects.toThrow('permission denied')
    const left = `select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
      and usename = current_user`
    await expect.poll(async () => (await db.pool.query(left)).rowCount).toBe(0)
  } finally {
    await records.close()
  }
})

it('lets what runs by the clock live with the rights of the program', async () => {
  const boss = new PgBoss({ ...connectionOf(program), max: 1, supervise: false, schedule: false })
  const faults: unknown[] = []
  boss.on('error', fault => faults.push(fault))
  await boss.start()
  await boss.createQueue('trial', { policy: 'singleton' })
  await boss.send('trial')
  await boss.supervise()
  await boss.stop({ graceful: false })
  const ran = vi.fn(async () => undefined)
  const log = { ...openLog('silent'), warn: (words: string) => void faults.push(words) } as Log
  const clock = await runByTheClock(program, [{ name: 'trial', cron: '0 0 1 1 *', run: ran }], log)
  await vi.waitFor(() => expect(ran).toHaveBeenCalledTimes(1), { timeout: 15_000, interval: 50 })
  await clock.stop()
  expect(faults).toEqual([])
})

it('goes on with one role for both as it always did', async () => {
  for (const owner of [undefined, other.address]) {
    const records = await open(other.address, owner)
    const { rows } = await records.db.pool.query(
      `select to_regclass('pgboss.version') as jobs, (select count(*) from tickets) as n`,
    )
    expect(rows).toEqual([{ jobs: null, n: 0 }])
    await records.close()
  }
})

it('gives the program its rights on what is there, where nothing is to be migrated', async () => {
  const third = asRole(other.address, inject('program'))
  const place = await joinAsTheyAre(configOf(third, other.address), openLog('silent'))
  expect(place.program).toBe(urlOf(third))
  const records = await open(third, other.address)
  expect((await records.db.pool.query('select 1 from tickets')).rowCount).toBe(0)
  await records.close()
})
