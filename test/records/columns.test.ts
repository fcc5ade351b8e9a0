import { expect, it } from 'vitest'
import { bytes, type Column, int, packed, rowsFrom, text, uuid } from '../../src/records/columns.ts'
import { testDatabase } from '../helpers/database.ts'

type Row = { id: string; words: string | null; n: number; raw: Buffer | null }

const { db } = await testDatabase()
const COLUMNS: Column<Row>[] = [
  uuid('id', ({ id }) => id),
  text('words', ({ words }) => words),
  int('n', ({ n }) => n),
  bytes('raw', ({ raw }) => raw),
]

it.each([0, 1, 3])('%s rows are a table of a statement, whatever stands before them', async count => {
  const rows: Row[] = Array.from({ length: count }, (_, n) => ({
    id: `00000000-0000-4000-8000-00000000000${n}`,
    words: n === 1 ? null : `kata ${n}`,
    n,
    raw: n === 2 ? null : Buffer.from([n]),
  }))
  const found = await db.pool.query(`select u.*, $1::int as first from ${rowsFrom(COLUMNS, 2)} as u`, [
    7,
    ...packed(COLUMNS, rows),
  ])
  expect(found.rows).toEqual(rows.map(row => ({ ...row, first: 7 })))
})
