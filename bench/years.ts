/**
 * `years`: what ten million messages in the database cost a turn and a page, beside ten thousand; and what forgetting a tenth of them
 * costs meanwhile. Both databases lie in one server, and have their turns one after the other.
 */
import pg from 'pg'
import { forgetOld } from '../src/jobs/keeping.ts'
import type { Db } from '../src/records/db.ts'
import { databaseUrl } from '../test/accept/harness/database-url.ts'
import { openPages } from '../test/accept/harness/desk-pages.ts'
import { type Records, startServer } from '../test/accept/harness/server.ts'
import { cpuOfFamily } from './durable/cpu.ts'
import { startVariant, type VariantProcess } from './durable/variant-process.ts'
import { median, medianRatio, print, printAim, progress } from './lines.ts'
import { fillMessages } from './volume/many-messages.ts'
import { fillTickets } from './volume/many-tickets.ts'
import { p95 } from './volume/p95.ts'
import { type Asked, pageTimes } from './volume/page-times.ts'

const SMALL = 10_000
const TICKETS = 10_000
const CITIZENS = 64
/** A tenth of what was said is older than its 90 days. */
const DAYS = 100
/** As a province would set its server up; the small database has the same. */
const SETTINGS = { shared_buffers: '1GB', max_wal_size: '4GB', maintenance_work_mem: '256MB' }

type Size = { messages: number; rounds: number; seconds: number }
type House = {
  name: string
  records: Records
  line: VariantProcess
  ran: Ran[]
}

/** Turns a second, and microseconds of CPU a turn of program and server: other work on the machine disturbs these less. */
type Ran = { rate: number; cpuUs: number }

export async function benchYears({ messages, rounds, seconds }: Size): Promise<void> {
  const began = performance.now()
  const server = await startServer(SETTINGS)
  const houses: House[] = []
  try {
    for (const [name, count] of [
      ['small', SMALL],
      ['large', messages],
    ] as const) {
      const records = await server.database(`years_${name}`)
      progress(`years: filling ${name} with ${count} messages`)
      const filling = performance.now()
      await fillMessages(records.address, { messages: count, days: DAYS })
      progress(`years: filled in ${Math.round((performance.now() - filling) / 1000)} s`)
      await tellSize(records.db, name)
      const line = await startVariant('ours', databaseUrl(records.address))
      await line.run(16, seconds / 2)
      houses.push({ name, records, line, ran: [] })
    }
    for (let round = 1; round <= rounds; round++)
      for (const house of houses) house.ran.push(await turn(house, seconds))
    const [small, large] = houses
    if (small === undefined || large === undefined) return
    for (const { name, ran } of houses) {
      print({ name: `years.turns.${name}`, value: median(ran.map(({ rate }) => rate)), unit: 'turns/s' })
      print({
        name: `years.turns.${name}.cpu`,
        value: median(ran.map(({ cpuUs }) => cpuUs)),
        unit: 'us/turn',
      })
    }
    const worse = (of: (ran: Ran) => number) => medianRatio(large.ran.map(of), small.ran.map(of))
    printAim({
      name: 'years.turns',
      reached: 1 / worse(({ rate }) => rate),
      unit: 'times worse',
      atMost: 1.3,
    })
    printAim({
      name: 'years.turns.cpu',
      reached: worse(({ cpuUs }) => cpuUs),
      unit: 'times worse',
      atMost: 1.3,
    })
    await forgetMeanwhile(large, seconds)
    for (const { line } of houses) await line.close()
    await comparePages(houses, rounds)
    print({ name: 'years.took', value: (performance.now() - began) / 1000, unit: 's' })
  } finally {
    for (const { line } of houses) line.kill()
    await server.stop()
  }
}

async function turn({ line, records }: Pick<House, 'line' | 'records'>, seconds: number): Promise<Ran> {
  const before = await serverCpu(records.db)
  const ran = await line.run(CITIZENS, seconds)
  const server = (await serverCpu(records.db)) - before
  return { rate: ran.turns / ran.seconds, cpuUs: (ran.cpuUs + server) / ran.turns }
}

/** NaN where the system does not tell. */
async function serverCpu({ pool }: Db): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  return (await cpuOfFamily(rows[0]?.pid ?? 0)) ?? Number.NaN
}

async function tellSize({ pool }: Db, name: string): Promise<void> {
  const { rows } = await pool.query<{ bytes: number }>('select pg_database_size(current_database()) as bytes')
  print({ name: `years.size.${name}`, value: (rows[0]?.bytes ?? 0) / 2 ** 20, unit: 'MiB' })
}

/** The tenth that is over goes while citizens write on; afterwards autovacuum has what it left. */
async function forgetMeanwhile({ records, line, ran }: House, seconds: number): Promise<void> {
  let isOver = false
  const during: number[] = []
  const turning = (async () => {
    while (!isOver) during.push((await turn({ line, records }, seconds)).rate)
  })()
  const { room } = await openPages({ database: async () => records }, 'forgetting')
  const began = performance.now()
  const { words = 0 } = await forgetOld(records.db, room)
  const took = (performance.now() - began) / 1000
  isOver = true
  await turning
  print({ name: 'years.forgetting', value: words / took, unit: 'rows/s' })
  print({ name: 'years.forgetting.took', value: took, unit: 's' })
  const worse = median(ran.map(({ rate }) => rate)) / median(during)
  print({
    name: 'years.forgetting.turns',
    value: median(during),
    unit: 'turns/s',
    peer: 'without',
    ratio: 1 / worse,
  })
}

/** Once autovacuum has come by, as it does: it is no part of a page. */
async function comparePages(houses: House[], rounds: number): Promise<void> {
  const asked: Asked[] = []
  for (const { name, records } of houses) {
    const pages = await openPages({ database: async () => records }, name)
    // The bench's own reports lie under a key of another process.
    await pages.db.pool.query('truncate tickets cascade')
    progress(`years: filling ${name} with ${TICKETS} tickets`)
    await fillTickets(pages.db, pages.room.sealing, { from: 0, to: TICKETS })
    await vacuumed(records)
    asked.push({ pages, head: await pages.comes({ name: 'Kepala', role: 'head' }) })
  }
  for (const [name, [few = [], many = []]] of Object.entries(await pageTimes(asked, rounds * 40))) {
    print({ name: `years.page.${name}`, value: p95(many), unit: 'ms p95' })
    printAim({ name: `years.page.${name}.worse`, reached: p95(many) / p95(few), unit: 'times', atMost: 1.3 })
    print({ name: `years.page.${name}.median`, value: median(many) / median(few), unit: 'times' })
  }
}

async function vacuumed({ address }: Records): Promise<void> {
  const client = new pg.Client(address)
  await client.connect()
  for (const table of ['inbox', 'outbox']) await client.query(`vacuum (analyze) ${table}`)
  await client.end()
}
