import type pg from 'pg'
import { expect, it } from 'vitest'
import { openDb } from '../../src/records/db.ts'
import { openReads, type Reads } from '../../src/records/reads.ts'
import { testDatabase } from '../helpers/database.ts'
import { openDeskHouse } from '../helpers/desk-house.ts'
import { houses, testLine } from '../helpers/line.ts'

const { db, address } = await testDatabase()
const line = await testLine(db)

/** A second way to the same database, which counts what is asked over it. */
const far = openDb(address, { max: 2, readOnly: true })
const asked: string[] = []
const counting = {
  query: (text: string | pg.QueryConfig, values?: unknown[]) => {
    asked.push(typeof text === 'string' ? text : text.text)
    return far.pool.query(text, values)
  },
} as Reads['on']

function logged() {
  const lines: string[] = []
  return {
    lines,
    log: { warn: (event: string) => lines.push(event), info: (event: string) => lines.push(event) },
  }
}

it('reads figures and public pages at the replica, and who somebody is only at the database itself', async () => {
  const house = openDeskHouse({ db, line, houses, reads: counting })
  const head = await house.comes({ name: 'Kepala', role: 'head' })
  expect((await head.get('/desk/lhokseumawe/figures')).status).toBe(200)
  expect(asked.length).toBeGreaterThanOrEqual(5)
  const figures = asked.length
  expect((await head.get('/lhokseumawe/figures')).status).toBe(200)
  expect(asked.length).toBeGreaterThan(figures)
  const before = asked.length
  expect((await head.get('/desk/lhokseumawe/tickets')).status).toBe(200)
  expect((await head.get('/desk/lhokseumawe/me')).status).toBe(200)
  expect(asked.length).toBe(before)
  expect(asked.filter(text => /staff|session|audit|second_/.test(text))).toEqual([])
})

it('asks the database itself while the replica is away, says so once, and comes back', async () => {
  const { lines, log } = logged()
  let clock = 0
  const reads = openReads(db, 'postgres://nobody@127.0.0.1:9/none', log, () => clock)
  const one = async () => (await reads.on.query<{ one: number }>('select 1 as one')).rows[0]?.one
  expect([await one(), await one()]).toEqual([1, 1])
  clock = 31_000
  expect(await one()).toBe(1)
  expect(lines).toEqual(['the read replica does not answer; the database itself is read instead'])
  await reads.close()
})

it('asks again after a rest, and says that it answers', async () => {
  const { lines, log } = logged()
  let clock = 0
  const reads = openReads(db, address, log, () => clock)
  let tries = 0
  const work = async ({ pool }: typeof db) => {
    tries += 1
    if (tries === 1) throw new Error('a statement the replica gave up')
    const { rows } = await pool.query<{ only: string }>(
      `select current_setting('transaction_read_only') as only`,
    )
    return rows[0]?.only
  }
  expect(await reads.from(work)).toBe('off')
  expect(await reads.from(work)).toBe('off')
  clock = 31_000
  expect(await reads.from(work)).toBe('on')
  expect(lines).toHaveLength(2)
  await reads.close()
})

it('writes nothing there, whatever it is', async () => {
  await expect(far.pool.query(`insert into house (name, value) values ('x', 'y')`)).rejects.toThrow(
    'read-only',
  )
  await far.close()
})
