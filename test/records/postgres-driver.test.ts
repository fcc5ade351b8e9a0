/**
 * Why Balai uses `pg` and not `postgres` (postgres.js), which is the pleasanter of the two: in 3.4.9 a transaction whose
 * backend dies is torn. WHEN A TEST HERE FAILS, THE DEFECT HAS BEEN MENDED: read porsager/postgres #1155, #1208, #1215 and
 * #1216, run `npm run accept -- wire` with it, and if all holds we may return to it (design.md, section 4).
 */
import { spawnSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { postgresOptions } from '../helpers/postgres-options.ts'

const {
  owner: { db, address },
} = await testDatabase()
await db.pool.query('create table halves (half text primary key)')

// Guarantees M2; it happened in 3 of 3 runs, and in every release back to 3.2.4.
it('postgres.js rejects a transaction and yet commits its second half', async () => {
  const sql = postgres(postgresOptions(address))
  const walkedOn = Promise.withResolvers<void>()
  const work = sql.begin(async tx => {
    await tx`insert into halves values ('first')`
    const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
    await db.pool.query('select pg_terminate_backend($1)', [row?.pid])
    await wait(100)
    // The pool of one reconnects for somebody else; what is left of the transaction then goes that way too.
    for (let tries = 0; tries < 3; tries += 1) await sql`select 1`.catch(() => undefined)
    await tx`insert into halves values ('second')`.then(() => walkedOn.resolve(), walkedOn.reject)
  })
  await expect(work).rejects.toThrow()
  await walkedOn.promise
  await sql.end({ timeout: 1 })
  expect((await db.pool.query('select half from halves')).rows).toEqual([{ half: 'second' }])
})

// Guarantees M1, 3 of 3 runs: the promise rejects, as it should, and then the process dies of a TypeError.
it('postgres.js ends the process when the backend of a running transaction dies', () => {
  const program = fileURLToPath(new URL('../helpers/postgres-dies.ts', import.meta.url))
  const run = spawnSync(process.execPath, [program, JSON.stringify(address)], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  expect(run.stdout).toContain('rejected')
  expect(run.stdout).not.toContain('survived')
  expect(run.stderr).toContain('TypeError')
})
