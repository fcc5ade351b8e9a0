/** Kills the backend of a running postgres.js transaction, and says what becomes of the promise and of the process. */
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { postgresOptions } from './postgres-options.ts'

const address = JSON.parse(process.argv[2] ?? '""')
const sql = postgres(postgresOptions(address))
const killer = postgres(postgresOptions(address))

const work = sql.begin(async tx => {
  const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
  const slow = tx`select pg_sleep(10)`.execute()
  await wait(200)
  await killer`select pg_terminate_backend(${row?.pid ?? 0})`
  await slow
})
await work.catch(() => process.stdout.write('rejected\n'))
await wait(2000)
process.stdout.write('survived\n')
process.exit(0)
