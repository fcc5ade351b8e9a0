import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import { describe, expect, it } from 'vitest'
import { isAway, openDb, shortTransaction, transaction } from '../../src/records/db.ts'
import { testDatabase } from '../helpers/database.ts'

const { owner } = await testDatabase({ max: 3 })
// Of the driver, not of a house: a table of its own, by whom it may be made.
const { db, address } = owner
await db.pool.query('create table marks (id int primary key)')

async function backendOf(client: Pick<pg.ClientBase, 'query'>): Promise<number> {
  return (await client.query('select pg_backend_pid() as pid')).rows[0].pid
}
const kill = (pid: number) => db.pool.query('select pg_terminate_backend($1)', [pid])
const marks = async () => (await db.pool.query('select id from marks order by id')).rows.map(row => row.id)
const mark = (client: Pick<pg.ClientBase, 'query'>, id: number) =>
  client.query('insert into marks values ($1)', [id])

/** A peer that accepts connections and never says a word. */
async function silentPeer(): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>()
  const server = createServer(socket => sockets.add(socket.on('error', () => undefined)))
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const close = () => {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
  return { port: (server.address() as AddressInfo).port, close }
}

describe('a transaction', () => {
  it('commits all of it, and gives back what the work gave', async () => {
    const work = transaction(db, async client => {
      await mark(client, 1)
      await mark(client, 2)
      return 'done'
    })
    expect(await work).toBe('done')
    expect(await marks()).toEqual([1, 2])
  })

  it('commits nothing when the work throws, and hands the client back', async () => {
    await expect(
      transaction(db, async client => {
        await mark(client, 3)
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    expect(await marks()).toEqual([1, 2])
    expect(db.pool.idleCount).toBe(db.pool.totalCount)
  })

  it('throws when a failed statement was swallowed, rather than report a commit that was none', async () => {
    const work = transaction(db, async client => {
      await mark(client, 4)
      await mark(client, 4).catch(() => undefined)
    })
    await expect(work).rejects.toThrow('rolled back')
    expect(await marks()).toEqual([1, 2])
  })

  // Guarantees M2 and M3: what the driver of our choice must do, and postgres.js does not (postgres-driver.test.ts).
  it.each(['plain', 'drizzle'])('commits nothing when its backend is killed half-way (%s)', async way => {
    const work = transaction(db, async client => {
      await mark(client, 5)
      await kill(await backendOf(client))
      await db.pool.query('select 1')
      if (way === 'plain') await mark(client, 6)
      else await drizzle(client).execute(sql`insert into marks values (6)`)
    })
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(isAway(error)).toBe(true)
    expect(await marks()).toEqual([1, 2])
  })

  it('is not held up by a backend that died while idle in the pool', async () => {
    const pids = await Promise.all([1, 2, 3].map(() => transaction(db, client => backendOf(client))))
    const own = openDb(address, { max: 1 })
    for (const pid of pids) await own.pool.query('select pg_terminate_backend($1)', [pid])
    await own.close()
    await new Promise(done => setTimeout(done, 50))
    expect(await marks()).toEqual([1, 2])
  })
})

describe('a short transaction', () => {
  const count = async (client: Pick<pg.ClientBase, 'query'>) =>
    (await client.query<{ n: number }>('select count(*)::int as n from marks')).rows[0]?.n ?? 0

  it('hands what was asked first to the work, and commits what was asked last', async () => {
    const before = await marks()
    const work = shortTransaction(db, {
      first: count,
      work: async (client, found) => {
        await mark(client, 20)
        return found
      },
      last: client => [mark(client, 21), mark(client, 22)],
    })
    expect(await work).toBe(before.length)
    expect(await marks()).toEqual([...before, 20, 21, 22])
  })

  // The commit is on its way already: the server itself must undo everything.
  it('commits nothing when one of the last statements fails', async () => {
    const before = await marks()
    const work = shortTransaction(db, {
      first: count,
      work: client => mark(client, 30),
      last: client => [mark(client, 31), mark(client, 31), mark(client, 32)],
    })
    await expect(work).rejects.toMatchObject({ code: '23505' })
    expect(await marks()).toEqual(before)
    expect(db.pool.idleCount).toBe(db.pool.totalCount)
  })

  it('commits nothing when the last statements cannot even be asked', async () => {
    const before = await marks()
    const work = shortTransaction(db, {
      first: count,
      work: client => mark(client, 40),
      last: () => {
        throw new Error('cannot be sealed')
      },
    })
    await expect(work).rejects.toThrow('cannot be sealed')
    expect(await marks()).toEqual(before)
  })

  it('commits nothing when its first question fails, and does not begin the work', async () => {
    let begun = false
    const work = shortTransaction(db, {
      first: client => client.query('select 1 / 0'),
      work: async () => {
        begun = true
      },
      last: client => [mark(client, 50)],
    })
    await expect(work).rejects.toMatchObject({ code: '22012' })
    expect(begun).toBe(false)
  })
})

// Planned for its values each time, a statement of a turn cost the server three times what it does.
it('plans a named statement once a connection', async () => {
  const client = await db.pool.connect()
  try {
    for (let id = 1; id <= 8; id++)
      await client.query({
        name: 'one',
        text: 'select id from marks where id = any($1::int[])',
        values: [[id]],
      })
    const { rows } = await client.query(
      `select generic_plans, custom_plans from pg_prepared_statements where name = 'one'`,
    )
    expect(rows).toEqual([{ generic_plans: 8, custom_plans: 0 }])
  } finally {
    client.release()
  }
})

describe('limits', () => {
  it('gives up on a silent peer within two seconds, as away', async () => {
    const peer = await silentPeer()
    const silent = openDb({ host: '127.0.0.1', port: peer.port, user: 'x', database: 'x' }, { max: 1 })
    const began = performance.now()
    const error = await silent.pool.query('select 1').catch((reason: unknown) => reason)
    expect(performance.now() - began).toBeLessThan(2500)
    expect(isAway(error)).toBe(true)
    peer.close()
    await silent.close()
  })

  it('ends a statement that takes too long, which is no outage', async () => {
    const hasty = openDb(address, { max: 1, statementMs: 200 })
    const error = await hasty.pool.query('select pg_sleep(5)').catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: '57014' })
    expect(isAway(error)).toBe(false)
    expect((await hasty.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await hasty.close()
  })

  it('waits no longer than a second and a half for a free connection', async () => {
    const narrow = openDb(address, { max: 1 })
    const client = await narrow.pool.connect()
    const error = await narrow.pool.query('select 1').catch((reason: unknown) => reason)
    expect(isAway(error)).toBe(true)
    client.release()
    await narrow.close()
  })
})

it.each([
  ['1', 1],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ['9007199254740993', '9007199254740993'],
  ['-9223372036854775808', '-9223372036854775808'],
])('reads the int8 %s as %j', async (text, value) => {
  expect((await db.pool.query(`select '${text}'::int8 as n`)).rows).toEqual([{ n: value }])
})

describe('isAway', () => {
  const socketError = (code: string, syscall: string) => Object.assign(new Error(code), { code, syscall })
  it.each<[boolean, string, unknown]>([
    [true, 'the server stopping', Object.assign(new Error(), { code: '57P01' })],
    [true, 'the server starting', Object.assign(new Error(), { code: '57P03' })],
    [true, 'a full disk', Object.assign(new Error(), { code: '53100' })],
    [true, 'too many connections', Object.assign(new Error(), { code: '53300' })],
    [true, 'a refused connection', socketError('ECONNREFUSED', 'connect')],
    [true, 'an absent socket', socketError('ENOENT', 'connect')],
    [true, 'an error that wraps one', new Error('query', { cause: socketError('ECONNRESET', 'read') })],
    [
      true,
      'both addresses of localhost refused',
      new AggregateError([socketError('ECONNREFUSED', 'connect')]),
    ],
    [true, 'a connection that ended', new Error('Connection terminated unexpectedly')],
    [false, 'a missing file', socketError('ENOENT', 'open')],
    [false, 'a duplicate key', Object.assign(new Error(), { code: '23505' })],
    [false, 'a deadlock', Object.assign(new Error(), { code: '40P01' })],
    [false, 'a fault of ours', new TypeError('x is not a function')],
    [false, 'no error at all', 'Connection terminated'],
  ])('is %s for %s', (away, _, error) => expect(isAway(error)).toBe(away))
})
