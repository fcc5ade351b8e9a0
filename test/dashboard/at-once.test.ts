import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { testDatabase } from '../helpers/database.ts'
import { openDeskHouse } from '../helpers/desk-house.ts'
import { houses, testLine } from '../helpers/line.ts'
import { announcementIn } from '../helpers/outreach.ts'

const { db } = await testDatabase()
const line = await testLine(db)
const house = openDeskHouse({ db, line, houses })

const DESK = '/desk/lhokseumawe'
const TIMES = 6
const times = <T>(deed: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: TIMES }, (_, n) => deed(n)))
const count = async (text: string, values: unknown[] = []) =>
  Number((await db.pool.query<{ count: string }>(text, values)).rows[0]?.count)

it('several agree to an announcement, and one of them has: nobody else is in the log', async () => {
  const writer = await house.comes({ name: 'Rina', role: 'observer', duties: ['broadcaster'] })
  const drafted = await writer.post(`${DESK}/announcements/new`, {
    key: randomUUID(),
    topic: 'news',
    id: 'Jadwal bursa kerja berubah menjadi 5 Desember 2026 di balai kota.',
  })
  const code = announcementIn(drafted.headers.get('location') ?? '')
  const heads = await times(n => house.comes({ name: `Kepala ${n}`, role: 'head' }))
  await times(
    n => heads[n]?.post(`${DESK}/announcements/${code}/approve`, { key: randomUUID() }) ?? Promise.reject(),
  )
  expect(await count(`select count(*) from audit_log where action = 'announcement_approve'`)).toBe(1)
})

it.each([
  ['leave', {}],
  ['duty', { duty: 'administrator', give: 'no' }],
])('two administrators do %s to each other, and one stays', async (path, form) => {
  await db.pool.query('update staff set left_at = now() where left_at is null')
  const duties = ['administrator'] as const
  const one = await house.comes({ name: 'Ani', role: 'observer', duties: [...duties] })
  const other = await house.comes({ name: 'Bayu', role: 'observer', duties: [...duties] })
  await Promise.all([
    one.post(`${DESK}/staff/${other.id}/${path}`, form),
    other.post(`${DESK}/staff/${one.id}/${path}`, form),
  ])
  const left = await count(
    `select count(*) from staff s join staff_duties d on d.staff_id = s.id
     where s.left_at is null and d.duty = 'administrator'`,
  )
  expect(left).toBe(1)
})

it('one who asks many times at once for a second person has asked once', async () => {
  const head = await house.comes({ name: 'Kepala', role: 'head', proved: true })
  await times(() =>
    head.post(`${DESK}/exports/reports`, { from: '2026-11-01', to: '2026-11-22', why: 'laporan tahunan' }),
  )
  expect(await count(`select count(*) from second_persons where what = 'export'`)).toBe(1)
})
