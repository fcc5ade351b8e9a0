import { expect, it } from 'vitest'
import { transaction } from '../../src/records/db.ts'
import { figuresBy, loadByHour, medianHours, reckonFigures } from '../../src/records/figures.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const office = { id: 'lhokseumawe', zone: 'Asia/Jakarta', desks: ['general', 'pengawasan'] }
const span = {
  office: 'lhokseumawe',
  from: '2026-11-01',
  to: '2026-11-30',
  today: '2026-11-24',
  classes: ['open', 'closed'],
  desks: office.desks,
}

it('counts what came, what was answered by the promised day, and what is late', async () => {
  const codes = []
  for (const who of ['ani', 'budi', 'cici']) codes.push(codeIn(await fileComplaint(line, who)))
  await fileComplaint(line, 'dedi', ORDINARY.with(2, 'rahasia'))
  await line.work('general', 'Rina', `balas ${codes[0]} Sudah ditambah`)
  await line.quiet()
  await db.pool.query(`update tickets set answer_due = '2026-11-20' where code = $1`, [codes[1]])
  const now = new Date('2026-11-24T02:00:00Z')
  const reckon = () => transaction(db, client => reckonFigures(client, office, now))
  await reckon()
  expect(await figuresBy(db.pool, 'week', span)).toEqual([
    { name: '2026-11-23', received: 4, in_time: 1, late: 1, reopened: 0, ended: 0 },
  ])
  expect(await figuresBy(db.pool, 'desk', { ...span, classes: ['open'] })).toMatchObject([
    { name: 'general', received: 3 },
  ])
  // Of closed ones today's do not count yet: the restricted desk may not have heard of them.
  expect(await figuresBy(db.pool, 'desk', { ...span, today: '2026-11-23' })).toMatchObject([
    { name: 'general', received: 3 },
  ])
  expect(await medianHours(db.pool, span)).toBe(0)
  expect((await loadByHour(db.pool, span))[9]).toBe(3)
  // A ticket that goes to another desk is counted there, and nowhere twice.
  await db.pool.query(`update tickets set desk = 'pengawasan', restricted = true where code = $1`, [codes[2]])
  await reckon()
  expect((await figuresBy(db.pool, 'desk', span)).map(({ name, received }) => [name, received])).toEqual([
    ['general', 2],
    ['pengawasan', 2],
  ])
})
