import { expect, it } from 'vitest'
import { reportsTable, ticketsTable } from '../../src/exchange/tickets.ts'
import { testDatabase } from '../helpers/database.ts'
import { houses, ORDINARY, testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const SPAN = { from: '2026-01-01', to: '2026-12-31' }

it('makes no table of more rows than may come, and says what to do', async () => {
  for (const who of ['ani', 'budi', 'cici']) for (const text of ORDINARY) await line.say(who, text)
  const { office } = houses.houses.get('lhokseumawe') ?? {}
  if (office === undefined) throw new Error('No such office.')
  const desks = Object.keys(office.desks)
  const { sealing } = line.room
  expect((await ticketsTable(db, office, { ...SPAN, most: 3 })).rows).toHaveLength(3)
  expect((await ticketsTable(db, office, SPAN)).rows).toHaveLength(3)
  await expect(ticketsTable(db, office, { ...SPAN, most: 2 })).rejects.toThrow('fewer days')
  expect((await reportsTable(db, sealing, office, { ...SPAN, desks, most: 3 })).rows).toHaveLength(3)
  await expect(reportsTable(db, sealing, office, { ...SPAN, desks, most: 2 })).rejects.toThrow('fewer days')
})
