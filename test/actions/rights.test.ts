import { expect, it } from 'vitest'
import { affectedBy, CLASSES, type DataClass } from '../../src/records/affected.ts'
import { PERSON_TABLES } from '../../src/records/person-tables.ts'
import { testDatabase } from '../helpers/database.ts'
import { codeIn, fileComplaint, ORDINARY, testLine } from '../helpers/line.ts'
import {
  leftAfterErasing,
  personEverywhere,
  standsIn,
  unlisted,
  untold,
} from '../helpers/person-everywhere.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const spoken = { ...line, office: 'lhokseumawe', file: (who: string) => fileComplaint(line, who) }

it('knows every table of the schema in which something of a citizen may stand', async () => {
  expect(await unlisted(db.pool)).toEqual([])
  await db.pool.query('create table overlooked (id int primary key, conversation_id uuid)')
  expect(await unlisted(db.pool)).toEqual(['overlooked'])
  await db.pool.query('drop table overlooked')
})

it('tells and erases all that is held of somebody, in every table', async () => {
  const person = await personEverywhere(spoken, db, 'ani')
  const where = await standsIn(db.pool, person)
  const nowhere = PERSON_TABLES.map(({ table }) => table).filter(table => !where.includes(table))
  // Desks' groups are nobody's; entries of the log come with what staff look at.
  expect(nowhere).toEqual(['audit_log', 'groups'])
  expect(await untold(spoken, person)).toEqual([])
  const told = line.heard('ani').at(-1)
  expect(told).toContain('Asia/Makassar')
  expect(told).toContain('pemberitahuan privasi yang sudah ditunjukkan: versi 21 November 2026')
  expect(told).toContain('kata: registrations contoh')
  expect(await leftAfterErasing(spoken, db, person)).toEqual([])
})

it('finds whom a breach concerns by class of data, and nobody by an anonymous report', async () => {
  const code = codeIn(await fileComplaint(line, 'budi'))
  await fileComplaint(
    line,
    'cici',
    ORDINARY.with(2, 'anonim').filter(one => one !== 'Budi Contoh'),
  )
  await line.say('dodi', 'halo')
  await line.quiet()
  const found = async (of: DataClass, since = '2026-01-01') => {
    const all: string[] = []
    for await (const rows of affectedBy(db.pool, line.room.sealing, {
      office: 'lhokseumawe',
      of,
      since: new Date(`${since}T00:00:00Z`),
    }))
      all.push(...rows.map(({ address }) => address))
    return all.sort()
  }
  expect(await found('reports')).toEqual(['budi'])
  expect(await found('reports', '2099-01-01')).toEqual([])
  expect(await found('messages')).toEqual(['budi', 'dodi'])
  for (const of of Object.keys(CLASSES)) expect(await found(of as DataClass)).not.toContain('cici')
  expect(code).toMatch(/^LSM/)
})
