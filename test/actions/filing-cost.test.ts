import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { openTicket } from '../../src/actions/open-ticket.ts'
import { transaction } from '../../src/records/db.ts'
import { MONDAY } from '../helpers/act.ts'
import { testDatabase } from '../helpers/database.ts'
import { testLine } from '../helpers/line.ts'

const { db } = await testDatabase()
const line = await testLine(db)

it('any number of reports are filed with two statements, their words among them', async () => {
  const requests = Array.from({ length: 20 }, (_, n) => ({
    key: `filing/${n}`,
    office: 'lhokseumawe',
    conversation: {
      id: randomUUID(),
      channel: 'web' as const,
      language: 'id',
      party: 'citizen' as const,
      desk: null,
    },
    with: { topic: 'layanan', mode: 'terbuka', description: `Lampu penerangan simpang Merdeka padam ${n}` },
    at: MONDAY,
  }))
  const asked: unknown[] = []
  await transaction(db, async client => {
    const counting = new Proxy(client, {
      get: (target, name) =>
        name === 'query'
          ? (...args: Parameters<typeof target.query>) => {
              asked.push(args[0])
              return target.query(...args)
            }
          : Reflect.get(target, name),
    })
    await openTicket({ ...line.room, client: counting }, requests)
  })
  expect(asked).toHaveLength(2)
  const { rows } = await db.pool.query('select count(*)::int as n from ticket_words')
  expect(rows).toEqual([{ n: 20 }])
})
